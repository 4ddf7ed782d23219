package org.actsandbox.merchants.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.intent.MerchantIntents;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Deposit;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.SenderChecks;
import org.jspecify.annotations.Nullable;

/**
 * Confirms the carts of one merchant: locks price and stock together with the order (ACT CID-8).
 */
public final class MerchantCarts {

  /** The fulfilment field that every merchant knows; it is kept with the order. */
  private static final String NOTE = "note";

  private static final int MAX_FULFILMENT_CHARS = 4096;

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final MerchantIntents merchantIntents;
  private final HoldExpiry expiry;
  private final OrderDeposits deposits;
  private final OrderAttestations attestations;

  public MerchantCarts(
      MerchantContext merchantContext,
      Orders orders,
      MerchantIntents merchantIntents,
      HoldExpiry expiry,
      OrderDeposits deposits) {
    this.merchantContext = merchantContext;
    this.orders = orders;
    this.merchantIntents = merchantIntents;
    this.expiry = expiry;
    this.deposits = deposits;
    this.attestations = new OrderAttestations(merchantContext);
  }

  /**
   * Confirms a cart and returns the signed order as JSON; a repeated request gets the same bytes.
   *
   * @throws Refusal for a bad signature, {@code access_restricted}, {@code invalid_field}, {@code
   *     expired_request}, {@code duplicate_request}, and the refusals of {@link CartQuote} and
   *     {@link org.actsandbox.merchants.Vertical#hold}
   */
  public String confirm(byte[] body) {
    var jsonMessage = JsonMessage.parse(body);
    var agent = jsonMessage.verifySigner(merchantContext.world().keys());
    merchantIntents.admit(agent);
    var cart =
        jsonMessage.bind(
            CartRequest.class,
            (asked, mistakes) -> mistakes.check(() -> checkFulfilment(asked.fulfilment())));
    SenderChecks.requireSigner(agent, cart.agentId(), Problem.ACCESS_RESTRICTED);
    var digest = new Orders.CartDigest(cart.agentId(), jsonMessage.digest());
    try {
      return confirm(cart, digest);
    } catch (Refusal refusal) {
      // A repeat of an answered request: offers that are stale or sold out by now do not matter.
      // The look-up comes only now, so that a first request, the usual case, saves a statement.
      return replay(cart, digest).orElseThrow(() -> refusal);
    }
  }

  private String confirm(CartRequest cart, Orders.CartDigest digest) {
    var now = merchantContext.now();
    checkTime(cart.timestamp(), now);
    var quote = CartQuote.of(cart, merchantContext);
    // The verifier is asked outside of the transaction: a slow answer must hold no lock.
    var deposit = deposits.decide(cart, digest.digest(), quote);
    var signed =
        order(
            cart,
            deposit == null ? quote : quote.withDeposit(deposit.taken(cart.currency())),
            deposit,
            now);
    var fulfilment = Objects.requireNonNullElse(cart.fulfilment(), Map.<String, String>of());
    if (!place(signed, digest, cart.lines(), fulfilment)) {
      return replay(cart, digest).orElseThrow();
    }
    return signed.text();
  }

  /**
   * Adds the order and locks its stock in one transaction; false when the agent used the request id
   * before.
   */
  boolean place(
      SignedOrder confirmation,
      Orders.CartDigest digest,
      List<CartRequest.Line> lines,
      Map<String, String> fulfilment) {
    var signed = confirmation.order();
    var isNew =
        merchantContext
            .world()
            .inTransaction(
                () -> {
                  if (!orders.add(confirmation, digest, fulfilment)) {
                    return false;
                  }
                  merchantContext.vertical().hold(signed.orderNo(), lines, fulfilment);
                  deposits.store(signed);
                  attestations.confirmed(confirmation, digest.agentId());
                  return true;
                });
    if (!isNew) {
      return false;
    }
    expiry.holdAdded(signed.holdUntil());
    deposits.orderAdded(signed);
    merchantContext.note(
        JournalEvent.HOLD_PLACED,
        Map.of(
            JournalIds.ORDER_NO, signed.orderNo(),
            JournalIds.INTENT_ID, signed.intentId(),
            JournalIds.RESOURCE_ID, signed.resourceId()),
        Map.of(
            "total", signed.total(),
            "currency", signed.currency(),
            "hold_until", signed.holdUntil().toString()));
    return true;
  }

  private Optional<String> replay(CartRequest cart, Orders.CartDigest digest) {
    var answered = orders.findAnswer(cart.agentId(), cart.requestId());
    if (answered.isPresent() && !answered.get().digest().equals(digest.digest())) {
      throw new Refusal(Problem.DUPLICATE_REQUEST, "this request id confirmed another cart already")
          .at("request_id")
          .observed(cart.requestId())
          .remedy("Use a new request_id for another cart.");
    }
    return answered.map(Orders.Answered::confirmation);
  }

  static void checkTime(Instant timestamp, Instant now) {
    if (Duration.between(timestamp, now).abs().compareTo(MerchantIntents.MAX_CLOCK_DIFFERENCE)
        > 0) {
      throw new Refusal(Problem.EXPIRED_REQUEST, "the request is not of this time")
          .at("timestamp")
          .expected("within 5 minutes of " + now)
          .observed(timestamp.toString());
    }
  }

  /** Refuses fulfilment needs that this merchant does not know: it would not fulfil them. */
  private void checkFulfilment(@Nullable Map<String, String> needs) {
    if (needs == null) {
      return;
    }
    var known = new TreeSet<>(merchantContext.vertical().fulfilmentFields());
    known.add(NOTE);
    var unknown = FieldChecks.unknownFields(needs.keySet(), known, "fulfilment");
    if (!unknown.isEmpty()) {
      throw Refusal.of(Problem.INVALID_FIELD, unknown);
    }
    if (!areShort(needs) && Json.write(needs).length() > MAX_FULFILMENT_CHARS) {
      throw new Refusal(Problem.INVALID_FIELD, "the fulfilment needs are too long")
          .at("fulfilment")
          .expected("at most %d characters of JSON".formatted(MAX_FULFILMENT_CHARS));
    }
  }

  /** Says whether the needs are too short for the limit, even if each character is escaped. */
  private static boolean areShort(Map<String, String> needs) {
    int chars = 0;
    for (var need : needs.entrySet()) {
      chars += need.getKey().length() + need.getValue().length() + 1;
    }
    return 6 * (chars + 1) <= MAX_FULFILMENT_CHARS;
  }

  private SignedOrder order(
      CartRequest cart, CartQuote cartQuote, @Nullable Deposit deposit, Instant now) {
    var orderNo = nextNumber();
    return order(cart, cartQuote, deposit, now, new Resource(orderNo, "fulfilment/" + orderNo));
  }

  /** Holds the number of an order and the path of the resource that its payment gives access to. */
  record Resource(String orderNo, String resourceId) {}

  String nextNumber() {
    return merchantContext.world().ids().next(merchantContext.profile().kind().orderPrefix());
  }

  SignedOrder order(
      CartRequest cart,
      CartQuote cartQuote,
      @Nullable Deposit deposit,
      Instant now,
      Resource resource) {
    var resourceId = resource.resourceId();
    var order =
        new Order(
            resource.orderNo(),
            merchantContext.id(),
            merchantContext.did().value(),
            cart.intentId(),
            cart.delegationId(),
            cart.requestId(),
            merchantContext.profile().kind(),
            cartQuote.lines(),
            cartQuote.price(),
            cartQuote.total().decimal(),
            cartQuote.total().currency().getCurrencyCode(),
            OrderStatus.HELD,
            now,
            now.plus(merchantContext.profile().holdFor()),
            resourceId,
            merchantContext.identity().at("/" + resourceId),
            deposit);
    return SignedOrder.of(order, merchantContext.world().signer());
  }
}
