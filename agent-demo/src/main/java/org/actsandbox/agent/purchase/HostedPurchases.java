package org.actsandbox.agent.purchase;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.payment.PaidResourceClient;
import org.actsandbox.agent.payment.PaymentClient;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.agent.seller.ServiceRequests;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes the steps of purchases that an agent outside orders one by one, with the same checks as the
 * sandbox's own agent. A refused step leaves the purchase where it was, so that it can be ordered
 * again; a step that was done already changes nothing.
 */
public final class HostedPurchases {

  /** All steps of a purchase are in this one turn of its own conversation. */
  private static final int TURN = 1;

  /** Ours: purchases share these locks by their ids, so that their number is bounded. */
  private static final int LOCKS = 64;

  private static final int MAX_CARTS = 3;

  private final AgentWorld world;
  private final Purchases purchases;
  private final Steps steps;
  private final ConversationEvents conversationEvents;
  private final List<ReentrantLock> locks =
      IntStream.range(0, LOCKS).mapToObj(_ -> new ReentrantLock()).toList();

  /** The steps that hosted purchases share with those of conversations. */
  record Steps(
      CartClient cartClient,
      CartConfirmation cartConfirmation,
      PurchaseSelfCheck purchaseSelfCheck,
      Checkout checkout,
      PageCheckout pageCheckout,
      Compensation compensation,
      PaymentClient paymentClient,
      PaidResourceClient paidResourceClient) {}

  HostedPurchases(
      AgentWorld world, Purchases purchases, Steps steps, ConversationEvents conversationEvents) {
    this.world = world;
    this.purchases = purchases;
    this.steps = steps;
    this.conversationEvents = conversationEvents;
  }

  /**
   * Names the offer that is to be bought, its seat and the authority that pays for it.
   *
   * @param intentId the intent under which the offer was found, or that of the delegation
   * @param seat a seat that the principal chose; null for any
   * @param delegated the authority that pays; null if the principal will be asked
   * @param serviceRequest the signed request for the service of a seller agent; null for goods
   */
  public record Choice(
      String intentId,
      RankedOffer shown,
      @Nullable String seat,
      @Nullable DelegatedAuthority delegated,
      @Nullable String serviceRequest) {

    private void requireSame(Purchase purchase) {
      var other = purchase.shown().offer().offerId();
      if (!other.equals(shown.offer().offerId())) {
        throw taken("offer", other);
      }
      var before = purchase.find(Purchase.SignedPaper.SERVICE_REQUEST).map(JsonNode::asString);
      if (serviceRequest != null && before.isPresent()) {
        var input = ServiceRequests.input(before.get());
        if (!input.equals(ServiceRequests.input(serviceRequest))) {
          throw taken("input", Json.write(input));
        }
      }
    }

    private static Refusal taken(String what, String observed) {
      return new Refusal(
              Problem.DUPLICATE_REQUEST, "the idempotency key belongs to another " + what)
          .at("idempotency_key")
          .observed(observed)
          .remedy("Choose a new key for a new purchase.");
    }
  }

  /** Finds the purchase that was confirmed with a key. */
  public Optional<Purchase> findByKey(String key) {
    return purchases.findByTurn(conversation(key), TURN).stream().findFirst();
  }

  private String conversation(String key) {
    return owner() + digest(key).substring(0, 26);
  }

  /**
   * Confirms the cart of one offer, or asks for the bill of what is sold without a cart. The same
   * key again returns the same purchase.
   *
   * @param key chosen by the caller, or null for a new purchase in any case
   * @return the purchase, held or with the reason why the merchant does not sell
   * @throws Refusal {@code duplicate_request} if the key belongs to another offer or input
   * @throws ParticipantRefusal if the merchant refuses
   */
  public Purchase confirm(@Nullable String key, Choice choice) {
    var conversation = key == null ? owner() + world.ids().next("B") : conversation(key);
    return locked(
        conversation,
        () -> {
          var purchase =
              purchases.findByTurn(conversation, TURN).stream()
                  .findFirst()
                  .orElseGet(() -> plan(conversation, choice));
          choice.requireSame(purchase);
          // A price within the principal's tolerance is accepted with another cart.
          for (int carts = 0; carts < MAX_CARTS && isPlanned(purchase); carts++) {
            hold(purchase);
            purchase = current(purchase);
          }
          requireOwnNumber(purchase);
          return purchase;
        });
  }

  private void hold(Purchase purchase) {
    var platform = platform(purchase);
    if (purchase.needsCart()) {
      steps.cartConfirmation().hold(purchase, List.of(purchase), platform, narrator(purchase));
    } else {
      steps.pageCheckout().fetchBill(purchase, List.of(purchase), platform, narrator(purchase));
    }
  }

  /**
   * Refuses an order whose number another order of the buyer has: the buyer's tools name an order
   * by its number alone, so a merchant could put its order in the place of another one's.
   */
  private void requireOwnNumber(Purchase purchase) {
    var orderNo = purchase.orderNo();
    if (orderNo.isEmpty()) {
      return;
    }
    find(orderNo)
        .filter(first -> !first.purchaseId().equals(purchase.purchaseId()))
        .ifPresent(
            first -> {
              throw new Refusal(
                      Problem.DUPLICATE_REQUEST, "the merchant uses the number of another order")
                  .at("order_no")
                  .expected("a number that no order of %s has".formatted(platform(first).id()))
                  .observed(orderNo)
                  .remedy("Nothing is paid, and the hold ends by itself. Buy elsewhere.");
            });
  }

  private static boolean isPlanned(Purchase purchase) {
    return purchase.state() == PurchaseState.PLANNED;
  }

  private Purchase plan(String conversation, Choice choice) {
    var planned =
        new Purchase(
            world.ids().next("B"),
            conversation,
            TURN,
            0,
            choice.intentId(),
            PurchaseState.PLANNED,
            choice.shown(),
            null,
            choice.seat(),
            Map.of(),
            null,
            null,
            choice.delegated());
    var request = choice.serviceRequest();
    if (planned.needsCart()) {
      planned = planned.withPaper(Purchase.SignedPaper.CART, steps.cartClient().sign(planned));
    } else if (request != null) {
      planned = planned.withPaper(Purchase.SignedPaper.SERVICE_REQUEST, Json.tree(request));
    }
    purchases.add(List.of(planned));
    return planned;
  }

  /**
   * Finds the purchase of an order, the first one if several merchants use the number; those of
   * other principals are not found.
   */
  public Optional<Purchase> find(String orderNo) {
    return purchases.findByOrder(orderNo).stream()
        .filter(purchase -> purchase.conversationId().startsWith(owner()))
        .min(Comparator.comparing(Purchase::purchaseId));
  }

  /**
   * Requests the payment of a held order; a payment that was requested already is returned as it
   * is.
   *
   * @throws ParticipantRefusal if the bill differs from the order, or the payment service refuses
   */
  public Purchase requestPayment(String orderNo) {
    return step(
        orderNo,
        purchase -> {
          var next = purchase;
          if (next.state() == PurchaseState.HELD) {
            var broken = steps.purchaseSelfCheck().firstViolation(next, platform(next));
            if (broken.isPresent()) {
              throw ParticipantRefusal.untrusted(
                  "agent", broken.get().code(), broken.get().reason().en());
            }
            if (next.needsCart()) {
              steps.checkout().fetchBill(next, platform(next), narrator(next));
            } else {
              steps.pageCheckout().signPayment(next, platform(next));
            }
            next = current(next);
          }
          if (next.state() == PurchaseState.REQUESTED) {
            steps.checkout().requestPayment(next, narrator(next));
            next = current(next);
          }
          return next;
        });
  }

  /** Waits for the principal's decision, at most for {@code longest}; it may still be open then. */
  public Purchase awaitDecision(String orderNo, Duration longest) {
    var waiting = require(orderNo);
    if (waiting.state() != PurchaseState.WAITING) {
      return waiting;
    }
    // Nothing is locked while the call waits, so that a cancellation need not wait for it.
    var payment =
        steps.paymentClient().awaitDecision(waiting.paymentRequest(), waiting.tradeNo(), longest);
    return step(orderNo, purchase -> applied(purchase, payment));
  }

  private Purchase applied(Purchase purchase, JsonNode payment) {
    boolean open = PaymentClient.status(payment) == PaymentStatus.WAITING_FOR_APPROVAL;
    return open || purchase.state() != PurchaseState.WAITING
        ? purchase
        : steps.checkout().applyPayment(purchase, payment, narrator(purchase));
  }

  /**
   * Presents the proof of payment and returns the purchase with its delivery; a delivered one is
   * returned as it is.
   */
  public Purchase collect(String orderNo) {
    awaitDecision(orderNo, Duration.ZERO);
    return step(
        orderNo,
        purchase -> {
          if (purchase.state() == PurchaseState.PAID) {
            steps.checkout().collectDelivery(purchase, platform(purchase), narrator(purchase));
          }
          return current(purchase);
        });
  }

  /** Closes a payment that waits, and cancels the order by the merchant's schedule. */
  public Purchase cancel(String orderNo) {
    return step(
        orderNo,
        purchase -> {
          boolean isUnpaid = purchase.state().isOpen() && purchase.state() != PurchaseState.PAID;
          if (isUnpaid) {
            steps.compensation().onCancellation(List.of(purchase), narrator(purchase));
            return current(purchase);
          }
          if (purchase.state() != PurchaseState.RETURNED
              && purchase.state() != PurchaseState.RELEASED) {
            steps
                .paidResourceClient()
                .cancel(platform(purchase), purchase.intentId(), purchase.orderNo());
          }
          boolean isPaid =
              purchase.state() == PurchaseState.PAID || purchase.state() == PurchaseState.DELIVERED;
          return isPaid ? purchases.save(purchase.move(PurchaseState.RETURNED)) : purchase;
        });
  }

  /**
   * Returns the bill of a purchase: the stored one that takes an order's place, or the one of an
   * order, which is fetched and compared with the order.
   *
   * @throws ParticipantRefusal if it differs
   */
  public JsonNode bill(Purchase purchase) {
    var stored = purchase.find(Purchase.SignedPaper.BILL);
    if (stored.isPresent()) {
      return stored.get().path("protocol");
    }
    var resource = Checkout.resource(purchase, platform(purchase));
    return steps.paidResourceClient().fetchBill(resource).needed().path("protocol");
  }

  private Purchase step(String orderNo, UnaryOperator<Purchase> work) {
    var purchase = require(orderNo);
    return locked(purchase.conversationId(), () -> work.apply(current(purchase)));
  }

  private <T> T locked(String conversation, Supplier<T> work) {
    var lock = locks.get(Math.floorMod(conversation.hashCode(), LOCKS));
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private Purchase require(String orderNo) {
    return find(orderNo)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "no order of this number was confirmed here")
                    .at("order_no")
                    .observed(orderNo)
                    .remedy("Use the order_no of confirm_cart."));
  }

  private Purchase current(Purchase purchase) {
    return purchases.findByTurn(purchase.conversationId(), TURN).getFirst();
  }

  /**
   * Returns the platform of a purchase.
   *
   * @throws Refusal {@code not_found} if it takes no part in the world any more
   */
  public Platform platform(Purchase purchase) {
    var merchant = purchase.shown().offer().merchantId();
    return world
        .platform(merchant)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "the merchant takes no part in the world any more")
                    .at("merchant")
                    .observed(merchant));
  }

  private ConversationNarrator narrator(Purchase purchase) {
    return new ConversationNarrator(
        conversationEvents, purchase.conversationId(), world.principal().language());
  }

  /** Returns how the conversations of this principal's hosted purchases begin. */
  private String owner() {
    return "h-" + digest(world.principalDid().value()).substring(0, 10) + "-";
  }

  private static String digest(String text) {
    return RequestFingerprint.digest(text.getBytes(StandardCharsets.UTF_8))
        .replaceAll("[^A-Za-z0-9]", "")
        .substring(6);
  }
}
