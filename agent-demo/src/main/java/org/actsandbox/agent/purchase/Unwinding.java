package org.actsandbox.agent.purchase;

import java.util.List;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.conversation.Narrator.Step;
import org.actsandbox.agent.purchase.Purchase.Paper;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.rule.ActComponent;

/**
 * Compensates when part of what was bought together fails: held orders are released, and a paid one
 * is given back by the merchant's schedule when it makes no sense alone. What cannot be undone is
 * said.
 */
final class Unwinding {

  private final AgentWorld world;
  private final Purchases purchases;
  private final Carts carts;
  private final Payments payments;
  private final Checkout checkout;

  Unwinding(
      AgentWorld world, Purchases purchases, Carts carts, Payments payments, Checkout checkout) {
    this.world = world;
    this.purchases = purchases;
    this.carts = carts;
    this.payments = payments;
    this.checkout = checkout;
  }

  Buying after(Purchase broken, List<Purchase> all, Narrator narrator) {
    giveBackBroken(broken, narrator);
    for (var other : all) {
      if (other.state().isOpen()) {
        release(other, narrator);
      }
    }
    if (broken.state() == PurchaseState.FAILED) {
      for (var other : purchases.ofTurn(broken.conversationId(), broken.turn())) {
        if (other.state() == PurchaseState.DELIVERED && pointlessWithout(other, broken)) {
          giveBack(other, narrator);
        }
      }
    }
    return outcome(broken);
  }

  Buying atThePrincipalsWish(List<Purchase> all, Narrator narrator) {
    for (var purchase : all) {
      if (purchase.state().isOpen()) {
        release(purchase, narrator);
      }
    }
    if (all.isEmpty()) {
      return new Buying.Failed(
          null, Phrases.both("buy.cancelled"), Phrases.both("buy.cancelled.remedy"));
    }
    var first = all.getFirst();
    var now = purchases.ofTurn(first.conversationId(), first.turn());
    return now.stream().anyMatch(purchase -> purchase.state() == PurchaseState.DELIVERED)
        ? new Buying.Bought(now)
        : new Buying.Declined(first, Phrases.both("buy.cancelled"));
  }

  private static Buying outcome(Purchase broken) {
    var reason = broken.reason();
    var code = String.valueOf(broken.code());
    var words = reason == null ? Phrases.both("buy.failed") : reason;
    return switch (broken.state()) {
      case UNAVAILABLE -> new Buying.Unavailable(broken.shown(), code, words);
      case DECLINED -> new Buying.Declined(broken, words);
      default -> new Buying.Failed(broken, words, remedy(broken));
    };
  }

  private static Text remedy(Purchase broken) {
    if (broken.has(Paper.PAYMENT)
        && Payments.status(broken.paper(Paper.PAYMENT)) == PaymentStatus.PAID) {
      return Phrases.both("remedy.paid", broken.orderNo(), broken.tradeNo());
    }
    return switch (String.valueOf(broken.code())) {
      case "insufficient_balance" -> Phrases.both("remedy.balance");
      case "cumulative_amount" -> Phrases.both("remedy.budget");
      case "instrument_invalid", "instrument_mismatch" -> Phrases.both("remedy.instrument");
      case "no_answer" -> Phrases.both("remedy.later");
      default -> Phrases.both("remedy.other");
    };
  }

  /** A hotel in a town one does not reach, or a ticket to a town without a bed. */
  private static boolean pointlessWithout(Purchase bought, Purchase broken) {
    return bought.shown().offer().kind() != Kind.SHOP && broken.shown().offer().kind() != Kind.SHOP;
  }

  /** The broken one itself may leave a hold or, paid but not delivered, money behind. */
  private void giveBackBroken(Purchase broken, Narrator narrator) {
    if (broken.orderNo().isEmpty()) {
      return;
    }
    if (cancelled(broken, narrator)) {
      narrator.step(
          "release",
          Step.DONE,
          broken.shown().offer().merchantId(),
          narrator.say("step.released", broken.title()));
    }
  }

  private void giveBack(Purchase bought, Narrator narrator) {
    if (cancelled(bought, narrator)) {
      purchases.save(bought.move(PurchaseState.RETURNED));
      narrator.step(
          "return",
          Step.DONE,
          bought.shown().offer().merchantId(),
          narrator.say("step.returned", bought.title()));
    }
  }

  private void release(Purchase purchase, Narrator narrator) {
    var current = closed(purchase, narrator);
    if (current.state() == PurchaseState.PAID) {
      // Paid in the same moment: what is paid is collected, and then said.
      world
          .platform(current.shown().offer().merchantId())
          .ifPresent(platform -> collect(current, platform, narrator));
      return;
    }
    if (!current.state().isOpen()) {
      return;
    }
    if (current.orderNo().isEmpty() || cancelled(current, narrator)) {
      narrator.step(
          "release",
          Step.DONE,
          current.shown().offer().merchantId(),
          narrator.say("step.released", current.title()));
    }
    // Even if the merchant did not answer: an unpaid hold ends by itself.
    purchases.save(current.move(PurchaseState.RELEASED));
  }

  private void collect(Purchase paid, org.actsandbox.agent.Platform platform, Narrator narrator) {
    try {
      checkout.collect(paid, platform, narrator);
    } catch (Refused | Unanswered undelivered) {
      remark(paid, String.valueOf(undelivered.getMessage()), narrator);
    }
  }

  /** Closes the payment, if there is one, and takes what it had become by then. */
  private Purchase closed(Purchase purchase, Narrator narrator) {
    if (purchase.state() != PurchaseState.REQUESTED && purchase.state() != PurchaseState.WAITING) {
      return purchase;
    }
    try {
      var known = purchase;
      if (purchase.state() == PurchaseState.REQUESTED) {
        var found = payments.find(purchase);
        if (found.isEmpty()) {
          return purchase;
        }
        known = purchase.with(Paper.PAYMENT, found.get());
      }
      var payment = payments.close(known);
      if (Payments.status(payment) == PaymentStatus.PAID) {
        return checkout.accept(known, payment, narrator);
      }
      return known.with(Paper.PAYMENT, payment);
    } catch (Refused | Unanswered unclear) {
      remark(purchase, String.valueOf(unclear.getMessage()), narrator);
      return purchase;
    }
  }

  private boolean cancelled(Purchase purchase, Narrator narrator) {
    var platform = world.platform(purchase.shown().offer().merchantId());
    if (platform.isEmpty()) {
      return false;
    }
    try {
      carts.cancel(purchase, platform.get());
      return true;
    } catch (Refused | Unanswered kept) {
      remark(purchase, String.valueOf(kept.getMessage()), narrator);
      return false;
    }
  }

  private void remark(Purchase purchase, String why, Narrator narrator) {
    Purchasing.note(
        world,
        purchase,
        JournalNote.Kind.STATE,
        ActComponent.CID_CART_CFM,
        "compensation-incomplete",
        Map.of("reason", why));
    narrator.step(
        "release",
        Step.FAILED,
        purchase.shown().offer().merchantId(),
        narrator.say("step.release.failed", purchase.title(), why));
  }
}
