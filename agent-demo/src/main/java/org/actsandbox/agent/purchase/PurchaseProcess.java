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
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.delegation.AuthorityCheck;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.payment.PaidResourceClient;
import org.actsandbox.agent.payment.PaymentClient;
import org.actsandbox.agent.search.AgentCards;
import org.actsandbox.agent.search.MethodAgreement;
import org.actsandbox.agent.search.PageOffers;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.CallRetries;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.agent.wire.StopSignal;
import org.actsandbox.agent.wire.TurnStoppedException;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Buys what the principal chose: it first holds all offers, then pays and collects one after
 * another. Each step is chosen from the stored state alone, so that the purchase continues after a
 * crash where it was.
 */
public final class PurchaseProcess {

  private static final Logger LOG = LoggerFactory.getLogger(PurchaseProcess.class);

  private static final int MAX_FAILURES = 4;

  /** Ours: a lost answer is asked for so often while the principal waits. */
  private static final int ATTEMPTS = 4;

  /** The code of a purchase whose merchant cancelled the order by itself. */
  static final String ORDER_CANCELLED = "order_cancelled";

  private final AgentWorld world;
  private final Duration pause;
  private final Purchases purchases;
  private final CartClient cartClient;
  private final PurchaseFailures purchaseFailures;
  private final CartConfirmation cartConfirmation;
  private final Checkout checkout;
  private final PageCheckout pageCheckout;
  private final GateOffers gateOffers;
  private final Compensation compensation;
  private final PurchaseSelfCheck purchaseSelfCheck;
  private final PaymentClient paymentClient;
  private final PaidResourceClient paidResourceClient;
  private final PurchaseReturns returns;

  public PurchaseProcess(
      AgentWorld world,
      AgentTimeouts timing,
      AgentHttpClient agentHttpClient,
      AgentCards cards,
      DelegationServiceClient delegations) {
    this.world = world;
    this.pause = timing.retryPause();
    this.purchases = new Purchases(world);
    var timeout = timing.call();
    var callRetries = new CallRetries(ATTEMPTS, timing.retryPause());
    this.cartClient = new CartClient(world, agentHttpClient, timeout, callRetries);
    this.purchaseFailures = new PurchaseFailures(world, purchases);
    this.purchaseSelfCheck =
        new PurchaseSelfCheck(world, purchases, new AuthorityCheck(world, delegations));
    this.cartConfirmation =
        new CartConfirmation(world, purchases, cartClient, purchaseFailures, purchaseSelfCheck);
    this.paidResourceClient =
        new PaidResourceClient(
            world,
            agentHttpClient,
            new MethodAgreement(world, agentHttpClient, cards, timeout),
            timeout,
            callRetries);
    this.paymentClient = new PaymentClient(world, timing, agentHttpClient, callRetries);
    var requests = new PurchasePaymentRequests(world, agentHttpClient, timeout, callRetries);
    this.checkout = new Checkout(world, purchases, paidResourceClient, requests, paymentClient);
    this.pageCheckout =
        new PageCheckout(world, purchases, purchaseFailures, paidResourceClient, requests);
    this.gateOffers = new GateOffers(agentHttpClient, paidResourceClient);
    this.compensation =
        new Compensation(world, purchases, paidResourceClient, paymentClient, checkout);
    this.returns = new PurchaseReturns(world, purchases, paidResourceClient, paymentClient);
  }

  public Purchases purchases() {
    return purchases;
  }

  /** Returns what cancels orders that were bought. */
  public PurchaseReturns returns() {
    return returns;
  }

  /** Returns what finds the pages of gates. */
  public PageOffers pageOffers() {
    return gateOffers;
  }

  /** Returns the same steps for purchases whose steps an agent outside orders one by one. */
  public HostedPurchases hosted(ConversationEvents conversationEvents) {
    return new HostedPurchases(
        world,
        purchases,
        new HostedPurchases.Steps(
            cartClient,
            cartConfirmation,
            purchaseSelfCheck,
            checkout,
            pageCheckout,
            compensation,
            paymentClient,
            paidResourceClient),
        conversationEvents);
  }

  /**
   * Stores the signed carts of all chosen offers; nothing is sent yet.
   *
   * @param delegatedAuthority the authority for the payments; null when the principal confirms them
   */
  public void storePlan(
      String conversation,
      int turn,
      String intentId,
      List<RankedOffer> chosen,
      @Nullable Budget budget,
      @Nullable String seat,
      @Nullable DelegatedAuthority delegatedAuthority) {
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
              delegatedAuthority);
      together.add(
          purchase.needsCart()
              ? purchase.withPaper(Purchase.SignedPaper.CART, cartClient.sign(purchase))
              : purchase);
    }
    purchases.add(together);
  }

  /** Runs until the first purchase waits at the cashier, or until all are over. */
  public void runToFirstCashier(
      String conversation, int turn, ConversationNarrator conversationNarrator) {
    repeatAfterDatabaseFailure(
        conversation,
        turn,
        conversationNarrator,
        () -> advanceToCashier(conversation, turn, conversationNarrator));
  }

  private boolean advanceToCashier(
      String conversation, int turn, ConversationNarrator conversationNarrator) {
    while (true) {
      var all = purchases.findByTurn(conversation, turn);
      var next = next(all);
      if (next == null || anyMatch(all, purchase -> purchase.state().isBroken())) {
        return false;
      }
      if (next.state() == PurchaseState.WAITING) {
        return true;
      }
      advance(next, all, conversationNarrator);
    }
  }

  /**
   * Runs to the end; wherever a payment needs the principal, it waits for the decision.
   *
   * @throws TurnStoppedException when told to stop; the stored purchases can be followed again
   */
  public PurchaseOutcome runToEnd(
      String conversation, int turn, ConversationNarrator conversationNarrator) {
    return repeatAfterDatabaseFailure(
        conversation,
        turn,
        conversationNarrator,
        () -> advanceToEnd(conversation, turn, conversationNarrator));
  }

  /**
   * Runs the work again from the stored state when the database fails, at most {@value
   * #MAX_FAILURES} times in all.
   */
  private <T> T repeatAfterDatabaseFailure(
      String conversation, int turn, ConversationNarrator conversationNarrator, Supplier<T> work) {
    for (int failures = 0; ; ) {
      try {
        if (failures > 0) {
          retell(conversation, turn, conversationNarrator);
        }
        return work.get();
      } catch (DataAccessException broken) {
        if (++failures == MAX_FAILURES) {
          throw broken;
        }
        LOG.warn("turn {} of {} goes on from what is stored", turn, conversation, broken);
        StopSignal.pause(pause.multipliedBy(failures));
      }
    }
  }

  /** Publishes again what was stored, but not told because of a failure in between. */
  public void retell(String conversation, int turn, ConversationNarrator conversationNarrator) {
    var told = conversationNarrator.latestEvents();
    for (var purchase : purchases.findByTurn(conversation, turn)) {
      checkout.retell(purchase, told, conversationNarrator);
    }
  }

  private PurchaseOutcome advanceToEnd(
      String conversation, int turn, ConversationNarrator conversationNarrator) {
    while (true) {
      StopSignal.throwIfStopped();
      var all = purchases.findByTurn(conversation, turn);
      if (all.isEmpty()) {
        return new PurchaseOutcome.Failed(
            null, AgentPhrases.bilingual("buy.failed"), AgentPhrases.bilingual("remedy.other"));
      }
      var broken = all.stream().filter(purchase -> purchase.state().isBroken()).findFirst();
      if (broken.isPresent()) {
        return compensation.afterFailure(broken.get(), all, conversationNarrator);
      }
      var next = next(all);
      if (next == null) {
        return new PurchaseOutcome.Bought(all);
      }
      advance(next, all, conversationNarrator);
    }
  }

  /** Stops at the principal's wish: closes payments that wait and gives back what is held. */
  public PurchaseOutcome cancel(
      String conversation, int turn, ConversationNarrator conversationNarrator) {
    var all = purchases.findByTurn(conversation, turn);
    return compensation.onCancellation(all, conversationNarrator);
  }

  /** Holds come first, so that a trip is complete before anything is paid. */
  private static @Nullable Purchase next(List<Purchase> all) {
    return all.stream()
        .filter(purchase -> purchase.state() == PurchaseState.PLANNED)
        .findFirst()
        .or(() -> all.stream().filter(purchase -> purchase.state().isOpen()).findFirst())
        .orElse(null);
  }

  private static boolean anyMatch(List<Purchase> all, Predicate<Purchase> holds) {
    return all.stream().anyMatch(holds);
  }

  private void advance(
      Purchase purchase, List<Purchase> all, ConversationNarrator conversationNarrator) {
    var platform = world.platform(purchase.shown().offer().merchantId());
    if (platform.isEmpty()) {
      fail(
          purchase,
          "merchant",
          AgentPhrases.bilingual("buy.merchant.unknown"),
          conversationNarrator);
      return;
    }
    try {
      switch (purchase.state()) {
        case PLANNED -> {
          if (purchase.needsCart()) {
            cartConfirmation.hold(purchase, all, platform.get(), conversationNarrator);
          } else {
            pageCheckout.fetchBill(purchase, all, platform.get(), conversationNarrator);
          }
        }
        case HELD -> bill(purchase, platform.get(), conversationNarrator);
        case REQUESTED -> checkout.requestPayment(purchase, conversationNarrator);
        case WAITING -> await(purchase, platform.get(), conversationNarrator);
        case PAID -> checkout.collectDelivery(purchase, platform.get(), conversationNarrator);
        case DELIVERED, UNAVAILABLE, DECLINED, FAILED, RELEASED, RETURNED ->
            throw new IllegalStateException("nothing is left to do for " + purchase.purchaseId());
      }
    } catch (ParticipantRefusal participantRefusal) {
      if (compensation.isPaidAfterAll(purchase, conversationNarrator)) {
        return;
      }
      fail(
          purchase,
          participantRefusal.code(),
          AgentPhrases.bilingual(
              "buy.refused",
              participantName(participantRefusal.participant()),
              participantRefusal.reason()),
          conversationNarrator);
    } catch (NoAnswerException silent) {
      StopSignal.throwIfStopped();
      if (compensation.isPaidAfterAll(purchase, conversationNarrator)) {
        return;
      }
      fail(
          purchase,
          "no_answer",
          AgentPhrases.bilingual("buy.silent", participantName(silent.target(), platform.get())),
          conversationNarrator);
    }
  }

  /** Waits for the principal, and ends the purchase when its merchant cancelled the order. */
  private void await(
      Purchase purchase, Platform platform, ConversationNarrator conversationNarrator) {
    if (checkout.await(purchase, conversationNarrator)
        && purchase.needsCart()
        && paidResourceClient.isCancelled(platform, purchase.intentId(), purchase.orderNo())
        && !compensation.isPaidAfterAll(purchase, conversationNarrator)) {
      fail(
          purchase,
          ORDER_CANCELLED,
          AgentPhrases.bilingual("buy.order.cancelled", platform.name()),
          conversationNarrator);
    }
  }

  private void bill(
      Purchase purchase, Platform platform, ConversationNarrator conversationNarrator) {
    var broken = purchaseSelfCheck.firstViolation(purchase, platform);
    if (broken.isPresent()) {
      fail(purchase, broken.get().code(), broken.get().reason(), conversationNarrator);
      return;
    }
    if (purchase.needsCart()) {
      checkout.fetchBill(purchase, platform, conversationNarrator);
    } else {
      pageCheckout.signPayment(purchase, platform);
    }
  }

  /**
   * Asks what became of the payment of a purchase whose answers were lost (A402-9). The result is
   * empty when the payment request never arrived.
   *
   * @throws NoAnswerException while the payment service does not answer
   */
  public Optional<PaymentStatus> paymentOf(Purchase purchase) {
    return purchase.has(Purchase.SignedPaper.REQUEST)
        ? paymentClient.find(purchase.paymentRequest()).map(PaymentClient::status)
        : Optional.empty();
  }

  private Text participantName(String participant) {
    return participant.equals(PaymentClient.PAYMENT_SERVICE)
        ? AgentPhrases.bilingual("payment.service")
        : world.nameOf(participant);
  }

  /**
   * Names the participant at the address: only the merchant and the payment service are called
   * here.
   */
  private static Text participantName(URI target, Platform platform) {
    return platform.owns(target) ? platform.name() : AgentPhrases.bilingual("payment.service");
  }

  private void fail(
      Purchase purchase, String code, Text reason, ConversationNarrator conversationNarrator) {
    purchaseFailures.record(purchase, PurchaseState.FAILED, code, reason);
    conversationNarrator.step(
        "buy",
        StepState.FAILED,
        purchase.shown().offer().merchantId(),
        conversationNarrator.phrase(reason));
  }

  static void note(
      AgentWorld world,
      Purchase purchase,
      JournalNote.Kind kind,
      ActComponent component,
      JournalEvent event,
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
}
