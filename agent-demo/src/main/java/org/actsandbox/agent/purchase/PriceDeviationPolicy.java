package org.actsandbox.agent.purchase;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;

/** Decides about a price that rose between the offer and the cart (CID-6, CID-7). */
final class PriceDeviationPolicy {

  private final AgentWorld world;

  PriceDeviationPolicy(AgentWorld world) {
    this.world = world;
  }

  private enum Decision {
    ACCEPTED,
    PAUSED,
    CANCELLED
  }

  /**
   * Returns the new price, if the merchant named one that the principal's tolerance and budget
   * allow.
   *
   * @param participantRefusal {@code price_changed}, found by the merchant or by the agent
   */
  Optional<Money> acceptedPrice(
      Purchase purchase,
      List<Purchase> purchases,
      @Nullable Money limit,
      ParticipantRefusal participantRefusal) {
    var shown = purchase.shown().total();
    var requestedPrice = requestedPrice(participantRefusal, shown);
    // This is allowed once only: a merchant that raises the price again is refused.
    var price =
        requestedPrice
            .filter(now -> purchase.agreedMaximum().equals(shown) && now.moreThan(shown))
            .filter(now -> world.principal().tolerance().allows(shown, now))
            .filter(
                now ->
                    limit == null
                        || !CartPreCheck.committedAmount(purchases).plus(now).moreThan(limit));
    note(purchase, requestedPrice, price.isPresent() ? Decision.ACCEPTED : refusal());
    return price;
  }

  boolean cancelsBeyondTolerance() {
    return world.principal().tolerance().beyond() == PriceTolerance.Action.AUTO_CANCEL;
  }

  private Decision refusal() {
    return cancelsBeyondTolerance() ? Decision.CANCELLED : Decision.PAUSED;
  }

  private static Optional<Money> requestedPrice(
      ParticipantRefusal participantRefusal, Money shown) {
    try {
      return Optional.of(Money.of(participantRefusal.expected(), shown.currency()));
    } catch (IllegalArgumentException notAnAmount) {
      // The merchant does not name its new price, so there is nothing to agree to.
      return Optional.empty();
    }
  }

  private void note(Purchase purchase, Optional<Money> requestedPrice, Decision decision) {
    PurchaseProcess.note(
        world,
        purchase,
        JournalNote.Kind.DECISION,
        ActComponent.CID_CART_CFM,
        JournalEvent.PRICE_DEVIATION,
        Map.of(
            "shown", purchase.shown().total().decimal(),
            "asked", requestedPrice.map(Money::decimal).orElse(""),
            "tolerance_percent", world.principal().tolerance().percent().toPlainString(),
            "decision", decision.name().toLowerCase(java.util.Locale.ROOT)));
  }
}
