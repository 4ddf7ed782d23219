package org.actsandbox.agent.purchase;

import java.util.List;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.payment.PaidResourceClient;
import org.actsandbox.agent.payment.PaymentClient;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.rule.ActComponent;

/**
 * Gives back the rest of a purchase when one part of it fails. It releases held orders, and cancels
 * a paid order by the merchant's schedule when it makes no sense alone. It tells the principal what
 * cannot be undone.
 */
final class Compensation {

  private final AgentWorld world;
  private final Purchases purchases;
  private final PaidResourceClient paidResourceClient;
  private final PaymentClient paymentClient;
  private final Checkout checkout;

  Compensation(
      AgentWorld world,
      Purchases purchases,
      PaidResourceClient paidResourceClient,
      PaymentClient paymentClient,
      Checkout checkout) {
    this.world = world;
    this.purchases = purchases;
    this.paidResourceClient = paidResourceClient;
    this.paymentClient = paymentClient;
    this.checkout = checkout;
  }

  PurchaseOutcome afterFailure(
      Purchase broken, List<Purchase> all, ConversationNarrator conversationNarrator) {
    giveBackBroken(broken, conversationNarrator);
    for (var other : all) {
      if (other.state().isOpen()) {
        release(other, conversationNarrator);
      }
    }
    if (broken.state() == PurchaseState.FAILED) {
      for (var other : purchases.findByTurn(broken.conversationId(), broken.turn())) {
        if (other.state() == PurchaseState.DELIVERED && isPointlessWithout(other, broken)) {
          giveBack(other, conversationNarrator);
        }
      }
    }
    return outcome(broken);
  }

  PurchaseOutcome onCancellation(List<Purchase> all, ConversationNarrator conversationNarrator) {
    for (var purchase : all) {
      if (purchase.state().isOpen()) {
        release(purchase, conversationNarrator);
      }
    }
    if (all.isEmpty()) {
      return new PurchaseOutcome.Failed(
          null,
          AgentPhrases.bilingual("buy.cancelled"),
          AgentPhrases.bilingual("buy.cancelled.remedy"));
    }
    var first = all.getFirst();
    var now = purchases.findByTurn(first.conversationId(), first.turn());
    return now.stream().anyMatch(purchase -> purchase.state() == PurchaseState.DELIVERED)
        ? new PurchaseOutcome.Bought(now)
        : new PurchaseOutcome.Declined(first, AgentPhrases.bilingual("buy.cancelled"));
  }

  private static PurchaseOutcome outcome(Purchase broken) {
    var reason = broken.reason();
    var code = String.valueOf(broken.code());
    var words = reason == null ? AgentPhrases.bilingual("buy.failed") : reason;
    return switch (broken.state()) {
      case UNAVAILABLE -> new PurchaseOutcome.Unavailable(broken.shown(), code, words);
      case DECLINED -> new PurchaseOutcome.Declined(broken, words);
      default -> new PurchaseOutcome.Failed(broken, words, remedy(broken));
    };
  }

  private static Text remedy(Purchase broken) {
    if (broken.has(Purchase.SignedPaper.PAYMENT)
        && PaymentClient.status(broken.paper(Purchase.SignedPaper.PAYMENT)) == PaymentStatus.PAID) {
      return AgentPhrases.bilingual("remedy.paid", broken.orderNo(), broken.tradeNo());
    }
    return switch (String.valueOf(broken.code())) {
      case "insufficient_balance" -> AgentPhrases.bilingual("remedy.balance");
      case "cumulative_amount" -> AgentPhrases.bilingual("remedy.budget");
      case "instrument_invalid", "instrument_mismatch" ->
          AgentPhrases.bilingual("remedy.instrument");
      case "no_answer" -> AgentPhrases.bilingual("remedy.later");
      default -> AgentPhrases.bilingual("remedy.other");
    };
  }

  /**
   * A hotel is pointless in a town that the principal does not reach, and so is a ticket to a town
   * without a bed.
   */
  private static boolean isPointlessWithout(Purchase bought, Purchase broken) {
    return isPartOfTrip(bought) && isPartOfTrip(broken);
  }

  private static boolean isPartOfTrip(Purchase purchase) {
    return purchase.needsCart() && purchase.shown().offer().kind() != MerchantKind.SHOP;
  }

  /** The broken purchase itself may still hold stock, or be paid without a delivery. */
  private void giveBackBroken(Purchase broken, ConversationNarrator conversationNarrator) {
    if (!broken.has(Purchase.SignedPaper.ORDER)
        || PurchaseProcess.ORDER_CANCELLED.equals(broken.code())) {
      return;
    }
    if (cancelOrder(broken, conversationNarrator)) {
      conversationNarrator.step(
          "release",
          StepState.DONE,
          broken.shown().offer().merchantId(),
          conversationNarrator.phrase("step.released", broken.title()));
    }
  }

  private void giveBack(Purchase bought, ConversationNarrator conversationNarrator) {
    if (cancelOrder(bought, conversationNarrator)) {
      purchases.save(bought.move(PurchaseState.RETURNED));
      conversationNarrator.step(
          "return",
          StepState.DONE,
          bought.shown().offer().merchantId(),
          conversationNarrator.phrase("step.returned", bought.title()));
    }
  }

  private void release(Purchase purchase, ConversationNarrator conversationNarrator) {
    var current = closePayment(purchase, conversationNarrator);
    if (current.state() == PurchaseState.PAID) {
      // The principal paid in the same moment: the goods are collected, and the principal is told.
      world
          .platform(current.shown().offer().merchantId())
          .ifPresent(platform -> collect(current, platform, conversationNarrator));
      return;
    }
    if (!current.state().isOpen()) {
      return;
    }
    if (!current.has(Purchase.SignedPaper.ORDER) || cancelOrder(current, conversationNarrator)) {
      conversationNarrator.step(
          "release",
          StepState.DONE,
          current.shown().offer().merchantId(),
          conversationNarrator.phrase("step.released", current.title()));
    }
    // This happens even if the merchant did not answer: an unpaid hold ends by itself.
    purchases.save(current.move(PurchaseState.RELEASED));
  }

  private void collect(
      Purchase paid,
      org.actsandbox.agent.Platform platform,
      ConversationNarrator conversationNarrator) {
    try {
      checkout.collectDelivery(paid, platform, conversationNarrator);
    } catch (ParticipantRefusal | NoAnswerException undelivered) {
      reportIncomplete(
          "step.release.failed", paid, reason(undelivered, platform.name()), conversationNarrator);
    }
  }

  /**
   * Closes the payment of a purchase that fails, because the cashier waits for no answer to an
   * order that is given back. Returns whether the principal paid in the same moment, so that the
   * purchase continues; one that was paid before has failed after its payment, and ends.
   */
  boolean isPaidAfterAll(Purchase failing, ConversationNarrator conversationNarrator) {
    return failing.state() != PurchaseState.PAID
        && closePayment(failing, conversationNarrator).state() == PurchaseState.PAID;
  }

  /** Closes the payment, if there is one, and applies the status that it had by then. */
  private Purchase closePayment(Purchase purchase, ConversationNarrator conversationNarrator) {
    if (purchase.state() != PurchaseState.REQUESTED && purchase.state() != PurchaseState.WAITING) {
      return purchase;
    }
    try {
      var known = purchase;
      if (purchase.state() == PurchaseState.REQUESTED) {
        var found = paymentClient.find(purchase.paymentRequest());
        if (found.isEmpty()) {
          return purchase;
        }
        known = purchase.withPaper(Purchase.SignedPaper.PAYMENT, found.get());
      }
      var payment = paymentClient.close(known.paymentRequest(), known.tradeNo());
      if (PaymentClient.status(payment) == PaymentStatus.PAID) {
        return checkout.applyPayment(known, payment, conversationNarrator);
      }
      var closed = purchases.save(known.withPaper(Purchase.SignedPaper.PAYMENT, payment));
      checkout.publishPayment(closed, payment, PaymentClient.status(payment), conversationNarrator);
      return closed;
    } catch (ParticipantRefusal | NoAnswerException unclear) {
      reportIncomplete(
          "step.close.failed",
          purchase,
          reason(unclear, AgentPhrases.bilingual("payment.service")),
          conversationNarrator);
      return purchase;
    }
  }

  /** An unpaid hold that has run out ended by itself; the merchant has nothing left to cancel. */
  private boolean hasRunOut(Purchase purchase) {
    boolean paid =
        purchase.has(Purchase.SignedPaper.PAYMENT)
            && PaymentClient.status(purchase.paper(Purchase.SignedPaper.PAYMENT))
                == PaymentStatus.PAID;
    return !paid
        && !world
            .now()
            .isBefore(
                Json.read(purchase.paper(Purchase.SignedPaper.ORDER), Order.class).holdUntil());
  }

  private boolean cancelOrder(Purchase purchase, ConversationNarrator conversationNarrator) {
    if (hasRunOut(purchase)) {
      return true;
    }
    var platform = world.platform(purchase.shown().offer().merchantId());
    if (platform.isEmpty()) {
      return false;
    }
    try {
      paidResourceClient.cancel(platform.get(), purchase.intentId(), purchase.orderNo());
      return true;
    } catch (ParticipantRefusal | NoAnswerException kept) {
      reportIncomplete(
          "step.release.failed",
          purchase,
          reason(kept, platform.get().name()),
          conversationNarrator);
      return false;
    }
  }

  /** Returns why a participant did not do its part, in both languages. */
  private static Text reason(RuntimeException failure, Text participant) {
    return failure instanceof ParticipantRefusal refusal
        ? refusal.reason()
        : AgentPhrases.bilingual("buy.silent", participant);
  }

  private void reportIncomplete(
      String phrase, Purchase purchase, Text why, ConversationNarrator conversationNarrator) {
    PurchaseProcess.note(
        world,
        purchase,
        JournalNote.Kind.STATE,
        ActComponent.CID_CART_CFM,
        JournalEvent.COMPENSATION_INCOMPLETE,
        Map.of("reason", why.en()));
    conversationNarrator.step(
        "release",
        StepState.FAILED,
        purchase.shown().offer().merchantId(),
        conversationNarrator.phrase(phrase, purchase.title(), why));
  }
}
