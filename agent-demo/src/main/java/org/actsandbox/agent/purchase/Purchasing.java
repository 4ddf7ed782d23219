package org.actsandbox.agent.purchase;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.actsandbox.agent.AgentTiming;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.delegation.Delegated;
import org.actsandbox.agent.delegation.DelegationService;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.purchase.Purchase.Paper;
import org.actsandbox.agent.search.AgentCards;
import org.actsandbox.agent.search.MethodAgreement;
import org.actsandbox.agent.search.ShownOffer;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.wire.Calls;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Buys what the principal chose: first holds everything, then pays and collects one after another.
 * Each step is chosen from the stored state alone, so that it goes on after a crash where it was.
 */
public final class Purchasing {

  private static final Logger LOG = LoggerFactory.getLogger(Purchasing.class);

  private static final int MAX_FAILURES = 4;

  private final AgentWorld world;
  private final Duration pause;
  private final Purchases purchases;
  private final Carts carts;
  private final Ends ends;
  private final Confirmation confirmation;
  private final Checkout checkout;
  private final Unwinding unwinding;
  private final SelfCheck selfCheck;
  private final Payments payments;

  public Purchasing(
      AgentWorld world,
      AgentTiming timing,
      Calls calls,
      AgentCards cards,
      DelegationService delegations) {
    this.world = world;
    this.pause = timing.retryPause();
    this.purchases = new Purchases(world);
    this.carts = new Carts(world, timing, calls);
    this.ends = new Ends(world, purchases);
    this.selfCheck = new SelfCheck(world, purchases, delegations);
    this.confirmation = new Confirmation(world, purchases, carts, ends, selfCheck);
    var bills =
        new Bills(world, timing, calls, new MethodAgreement(world, calls, cards, timing.call()));
    this.payments = new Payments(world, timing, calls);
    this.checkout = new Checkout(world, purchases, bills, payments);
    this.unwinding = new Unwinding(world, purchases, carts, payments, checkout);
  }

  public Purchases purchases() {
    return purchases;
  }

  /**
   * Stores the signed carts of all chosen offers; nothing has been sent yet.
   *
   * @param delegated what the payments rest on; null when the principal confirms them
   */
  public void plan(
      String conversation,
      int turn,
      String intentId,
      List<ShownOffer> chosen,
      @Nullable Budget budget,
      @Nullable String seat,
      @Nullable Delegated delegated) {
    var together = new ArrayList<Purchase>();
    for (int place = 0; place < chosen.size(); place++) {
      var purchase =
          new Purchase(
              world.ids().next("B"),
              conversation,
              turn,
              place,
              intentId,
              PurchaseState.PLANNED,
              chosen.get(place),
              budget,
              seat,
              Map.of(),
              null,
              null,
              delegated);
      together.add(purchase.with(Paper.CART, carts.sign(purchase)));
    }
    purchases.add(together);
  }

  /** Goes on until the first cashier waits, or until it is over. */
  public void toFirstCashier(String conversation, int turn, Narrator narrator) {
    surviving(conversation, turn, narrator, () -> isAtCashier(conversation, turn, narrator));
  }

  private boolean isAtCashier(String conversation, int turn, Narrator narrator) {
    while (true) {
      var all = purchases.ofTurn(conversation, turn);
      var next = next(all);
      if (next == null || any(all, purchase -> purchase.state().isBroken())) {
        return false;
      }
      if (next.state() == PurchaseState.WAITING) {
        return true;
      }
      advance(next, all, narrator);
    }
  }

  /**
   * Goes on to the end, waiting for the principal wherever a cashier does.
   *
   * @throws Stopped when told to stop; what is stored can be followed again
   */
  public Buying follow(String conversation, int turn, Narrator narrator) {
    return surviving(conversation, turn, narrator, () -> toTheEnd(conversation, turn, narrator));
  }

  /** When the database fails, what it stored is followed again. */
  private <T> T surviving(String conversation, int turn, Narrator narrator, Supplier<T> work) {
    for (int failures = 0; ; ) {
      try {
        if (failures > 0) {
          retell(conversation, turn, narrator);
        }
        return work.get();
      } catch (DataAccessException broken) {
        if (++failures == MAX_FAILURES) {
          throw broken;
        }
        LOG.warn("turn {} of {} goes on from what is stored", turn, conversation, broken);
        Stop.pause(pause.multipliedBy(failures));
      }
    }
  }

  /** Tells again what was stored, but not told because of a failure in between. */
  public void retell(String conversation, int turn, Narrator narrator) {
    var told = narrator.told();
    for (var purchase : purchases.ofTurn(conversation, turn)) {
      checkout.retell(purchase, told, narrator);
    }
  }

  private Buying toTheEnd(String conversation, int turn, Narrator narrator) {
    while (true) {
      Stop.check();
      var all = purchases.ofTurn(conversation, turn);
      if (all.isEmpty()) {
        return new Buying.Failed(null, Phrases.both("buy.failed"), Phrases.both("remedy.other"));
      }
      var broken = all.stream().filter(purchase -> purchase.state().isBroken()).findFirst();
      if (broken.isPresent()) {
        return unwinding.after(broken.get(), all, narrator);
      }
      var next = next(all);
      if (next == null) {
        return new Buying.Bought(all);
      }
      advance(next, all, narrator);
    }
  }

  /** Gives up at the principal's wish: closes what waits, gives back what is held. */
  public Buying cancel(String conversation, int turn, Narrator narrator) {
    var all = purchases.ofTurn(conversation, turn);
    return unwinding.atThePrincipalsWish(all, narrator);
  }

  /** Holds come first, so that a trip is complete before anything is paid. */
  private static @Nullable Purchase next(List<Purchase> all) {
    return all.stream()
        .filter(purchase -> purchase.state() == PurchaseState.PLANNED)
        .findFirst()
        .or(() -> all.stream().filter(purchase -> purchase.state().isOpen()).findFirst())
        .orElse(null);
  }

  private static boolean any(List<Purchase> all, Predicate<Purchase> holds) {
    return all.stream().anyMatch(holds);
  }

  private void advance(Purchase purchase, List<Purchase> all, Narrator narrator) {
    var platform = world.platform(purchase.shown().offer().merchantId());
    if (platform.isEmpty()) {
      fail(purchase, "merchant", Phrases.both("buy.merchant.unknown"), narrator);
      return;
    }
    try {
      switch (purchase.state()) {
        case PLANNED -> confirmation.hold(purchase, all, platform.get(), narrator);
        case HELD -> bill(purchase, platform.get(), narrator);
        case REQUESTED -> checkout.request(purchase, narrator);
        case WAITING -> checkout.await(purchase, narrator);
        case PAID -> checkout.collect(purchase, platform.get(), narrator);
        case DELIVERED, UNAVAILABLE, DECLINED, FAILED, RELEASED, RETURNED ->
            throw new IllegalStateException("nothing is left to do for " + purchase.purchaseId());
      }
    } catch (Refused refused) {
      fail(
          purchase,
          refused.code(),
          Phrases.both("buy.refused", world.nameOf(refused.who()), refused.words()),
          narrator);
    } catch (Unanswered silent) {
      Stop.check();
      fail(
          purchase,
          "no_answer",
          Phrases.both("buy.silent", whoIs(silent.target(), platform.get())),
          narrator);
    }
  }

  private void bill(Purchase purchase, Platform platform, Narrator narrator) {
    var broken = selfCheck.broken(purchase, platform);
    if (broken.isPresent()) {
      fail(purchase, broken.get().code(), broken.get().reason(), narrator);
      return;
    }
    checkout.bill(purchase, platform, narrator);
  }

  /**
   * What became of the payment of a purchase whose answers were lost (A402-9): asked, not guessed.
   * Empty when it never arrived.
   *
   * @throws Unanswered while nobody says
   */
  public Optional<PaymentStatus> paymentOf(Purchase purchase) {
    return purchase.has(Paper.REQUEST)
        ? payments.find(purchase).map(Payments::status)
        : Optional.empty();
  }

  /** Only the merchant and the payment service are called here. */
  private static Text whoIs(URI target, Platform platform) {
    return platform.owns(target) ? platform.name() : Phrases.both("payment.service");
  }

  private void fail(Purchase purchase, String code, Text reason, Narrator narrator) {
    ends.end(purchase, PurchaseState.FAILED, code, reason);
    narrator.step(
        "buy", Narrator.Step.FAILED, purchase.shown().offer().merchantId(), narrator.say(reason));
  }

  static void note(
      AgentWorld world,
      Purchase purchase,
      JournalNote.Kind kind,
      ActComponent component,
      String event,
      Map<String, ?> data) {
    var ids = new HashMap<String, String>();
    ids.put(JournalIds.INTENT_ID, purchase.intentId());
    ids.put(JournalIds.CONVERSATION_ID, purchase.conversationId());
    if (!purchase.orderNo().isEmpty()) {
      ids.put(JournalIds.ORDER_NO, purchase.orderNo());
    }
    if (!purchase.tradeNo().isEmpty()) {
      ids.put(JournalIds.TRADE_NO, purchase.tradeNo());
    }
    if (purchase.delegated() != null) {
      ids.put(JournalIds.DELEGATION_ID, purchase.delegated().delegationId());
    }
    world.journal().note(new JournalNote(world.agent().value(), kind, component, event, ids, data));
  }

  /** What the tool tells the model about the purchases of a turn. */
  public List<Purchase> ofTurn(String conversation, int turn) {
    return new ArrayList<>(purchases.ofTurn(conversation, turn));
  }
}
