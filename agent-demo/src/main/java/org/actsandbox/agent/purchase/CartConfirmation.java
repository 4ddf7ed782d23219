package org.actsandbox.agent.purchase;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.rule.ActComponent;

/** Takes a purchase from its signed cart to an order that the merchant holds (CID-6 to CID-8). */
final class CartConfirmation {

  private final AgentWorld world;
  private final Purchases purchases;
  private final CartClient cartClient;
  private final PurchaseFailures purchaseFailures;
  private final PriceDeviationPolicy priceDeviationPolicy;
  private final PurchaseSelfCheck purchaseSelfCheck;

  CartConfirmation(
      AgentWorld world,
      Purchases purchases,
      CartClient cartClient,
      PurchaseFailures purchaseFailures,
      PurchaseSelfCheck purchaseSelfCheck) {
    this.world = world;
    this.purchases = purchases;
    this.cartClient = cartClient;
    this.purchaseFailures = purchaseFailures;
    this.priceDeviationPolicy = new PriceDeviationPolicy(world);
    this.purchaseSelfCheck = purchaseSelfCheck;
  }

  /**
   * Checks the purchase, sends its cart and records the result, a failed check or a refusal
   * included.
   */
  void hold(
      Purchase purchase,
      List<Purchase> all,
      Platform platform,
      ConversationNarrator conversationNarrator) {
    var limit = purchase.budget() == null ? null : purchase.budget().money();
    var broken = CartPreCheck.firstViolation(world, purchase, all, limit);
    PurchaseProcess.note(
        world,
        purchase,
        JournalNote.Kind.DECISION,
        ActComponent.CID_CART_CFM,
        broken.isEmpty() ? JournalEvent.PRE_CHECK_PASSED : JournalEvent.PRE_CHECK_FAILED,
        Map.of(
            "rule", broken.orElse("CID-6"),
            "total", purchase.agreedMaximum().decimal(),
            "taken", CartPreCheck.committedAmount(all).decimal()));
    if (broken.isPresent()) {
      boolean stale = broken.get().equals("offer_expired");
      purchaseFailures.record(
          purchase,
          stale ? PurchaseState.UNAVAILABLE : PurchaseState.FAILED,
          broken.get(),
          AgentPhrases.bilingual("buy.precheck." + broken.get(), purchase.title()));
      return;
    }
    var boundaryViolation = purchaseSelfCheck.firstViolation(purchase, platform);
    if (boundaryViolation.isPresent()) {
      purchaseFailures.record(
          purchase,
          PurchaseState.FAILED,
          boundaryViolation.get().code(),
          boundaryViolation.get().reason());
      return;
    }
    conversationNarrator.step(
        "cart",
        StepState.RUNNING,
        platform.id(),
        conversationNarrator.phrase("step.cart", purchase.title()));
    DepositSteps.announce(purchase, platform, conversationNarrator);
    try {
      confirm(purchase, platform, conversationNarrator);
    } catch (ParticipantRefusal participantRefusal) {
      var higherPrice =
          participantRefusal.code().equals("price_changed")
              ? priceDeviationPolicy.acceptedPrice(purchase, all, limit, participantRefusal)
              : Optional.<Money>empty();
      if (higherPrice.isPresent()) {
        purchases.save(
            purchase.withPaper(
                Purchase.SignedPaper.CART, cartClient.sign(purchase, higherPrice.get())));
        conversationNarrator.step(
            "cart",
            StepState.RUNNING,
            platform.id(),
            conversationNarrator.phrase(
                "step.cart.dearer", platform.name(), higherPrice.get().decimal()));
        return;
      }
      conversationNarrator.step(
          "cart",
          StepState.FAILED,
          platform.id(),
          conversationNarrator.phrase(
              "step.cart.failed", platform.name(), participantRefusal.reason()));
      unavailable(purchase, platform, participantRefusal);
    }
  }

  private void confirm(
      Purchase purchase, Platform platform, ConversationNarrator conversationNarrator) {
    var order = cartClient.confirm(purchase, platform);
    var held =
        purchases.save(
            purchase.withPaper(Purchase.SignedPaper.ORDER, order).move(PurchaseState.HELD));
    PurchaseProcess.note(
        world,
        held,
        JournalNote.Kind.STATE,
        ActComponent.CID_CART_CFM,
        JournalEvent.CART_CONFIRMED,
        Map.of());
    conversationNarrator.publish(ConversationEventType.CART, Map.of("order", order));
    var text =
        purchase.agreedMaximum().moreThan(held.total())
            ? conversationNarrator.phrase(
                "step.cart.cheaper", platform.name(), held.total().decimal())
            : conversationNarrator.phrase("step.cart.done", platform.name(), held.orderNo());
    conversationNarrator.step("cart", StepState.DONE, platform.id(), text);
    DepositSteps.decided(held.order(), platform, conversationNarrator);
  }

  /**
   * Records as unavailable what another offer can replace; every other refusal is thrown as a
   * failure.
   */
  private void unavailable(
      Purchase purchase, Platform platform, ParticipantRefusal participantRefusal) {
    boolean isReplaceable =
        switch (participantRefusal.code()) {
          case "sold_out", "price_changed", "offer_expired", "hold_expired" -> true;
          default -> false;
        };
    if (!isReplaceable) {
      throw participantRefusal;
    }
    boolean isCancelled =
        participantRefusal.code().equals("price_changed")
            && priceDeviationPolicy.cancelsBeyondTolerance();
    purchaseFailures.record(
        purchase,
        isCancelled ? PurchaseState.DECLINED : PurchaseState.UNAVAILABLE,
        participantRefusal.code(),
        AgentPhrases.bilingual(
            "buy.unavailable." + participantRefusal.code(), purchase.title(), platform.name()));
  }
}
