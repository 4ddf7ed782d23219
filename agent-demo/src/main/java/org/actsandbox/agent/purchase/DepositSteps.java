package org.actsandbox.agent.purchase;

import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.protocol.commerce.Deposit;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import tools.jackson.databind.JsonNode;

/** Tells the principal which deposit a merchant takes and who may ask about its credit. */
final class DepositSteps {

  private static final String KEY = "deposit";

  private DepositSteps() {}

  static boolean takesDeposit(Offer offer) {
    return offer.lines().stream().anyMatch(line -> line.type().equals(Deposit.LINE));
  }

  /** Tells before the cart is sent that the merchant may ask, or that it cannot. */
  static void announce(
      Purchase purchase, Platform platform, ConversationNarrator conversationNarrator) {
    var offer = purchase.shown().offer();
    if (!takesDeposit(offer)) {
      return;
    }
    var amount =
        offer.lines().stream()
            .filter(line -> line.type().equals(Deposit.LINE))
            .findFirst()
            .orElseThrow()
            .amount();
    JsonNode credit = purchase.paper(Purchase.SignedPaper.CART).path("credit");
    conversationNarrator.step(
        KEY,
        StepState.RUNNING,
        platform.id(),
        credit.isObject()
            ? conversationNarrator.phrase(
                "step.deposit.asked",
                platform.name(),
                amount,
                credit.path("authorization_id").asString(""))
            : conversationNarrator.phrase("step.deposit.full", platform.name(), amount));
  }

  /** Tells what the merchant made of it. */
  static void decided(Order order, Platform platform, ConversationNarrator conversationNarrator) {
    var deposit = order.deposit();
    if (deposit != null) {
      conversationNarrator.step(
          KEY,
          StepState.DONE,
          platform.id(),
          conversationNarrator.phrase(
              "step.deposit.done",
              platform.name(),
              deposit.amount(),
              deposit.fullAmount(),
              conversationNarrator.phrase(deposit.reason())));
    }
  }
}
