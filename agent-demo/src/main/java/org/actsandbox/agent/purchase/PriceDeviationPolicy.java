package org.actsandbox.agent.purchase;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.agent.wire.ParticipantRefusal;
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
   * The new price, if the merchant named one the principal's tolerance and budget allow.
   *
   * @param participantRefusal {@code price_changed}, of whatever origin
   */
  Optional<Money> acceptedPrice(
      Purchase purchase,
      List<Purchase> together,
      @Nullable Money limit,
      ParticipantRefusal participantRefusal) {
    var shown = purchase.shown().total();
    var asked = asked(participantRefusal, shown);
    // Once only: a merchant that goes on raising gets no second yes.
    var price =
        asked
            .filter(now -> purchase.agreedMaximum().equals(shown) && now.moreThan(shown))
            .filter(now -> world.principal().tolerance().allows(shown, now))
            .filter(
                now ->
                    limit == null
                        || !CartPreCheck.committedAmount(together).plus(now).moreThan(limit));
    note(purchase, asked, price.isPresent() ? Decision.ACCEPTED : refusal());
    return price;
  }

  boolean cancelsBeyondTolerance() {
    return world.principal().tolerance().beyond() == PriceTolerance.Action.AUTO_CANCEL;
  }

  private Decision refusal() {
    return cancelsBeyondTolerance() ? Decision.CANCELLED : Decision.PAUSED;
  }

  private static Optional<Money> asked(ParticipantRefusal participantRefusal, Money shown) {
    try {
      return Optional.of(Money.of(participantRefusal.expected(), shown.currency()));
    } catch (IllegalArgumentException noAmount) {
      // It did not say what it wants now: nothing to agree to.
      return Optional.empty();
    }
  }

  private void note(Purchase purchase, Optional<Money> asked, Decision decision) {
    PurchaseProcess.note(
        world,
        purchase,
        JournalNote.Kind.DECISION,
        ActComponent.CID_CART_CFM,
        "price-deviation",
        Map.of(
            "shown", purchase.shown().total().decimal(),
            "asked", asked.map(Money::decimal).orElse(""),
            "tolerance_percent", world.principal().tolerance().percent().toPlainString(),
            "decision", decision.name().toLowerCase(java.util.Locale.ROOT)));
  }
}
