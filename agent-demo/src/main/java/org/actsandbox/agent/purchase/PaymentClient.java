package org.actsandbox.agent.purchase;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PaymentStatus;
import tools.jackson.databind.JsonNode;

/**
 * Asks the payment service for the payments of purchases and waits for their outcome; it never
 * approves one. The principal confirms an instant payment (PSD-3) at the cashier; a directed
 * payment (PSD-5) carries the credential of its authority.
 */
final class PaymentClient {

  /** The payment method that the agent uses under an authority. */
  static final String METHOD = "balance";

  private static final String PAYMENT_SERVICE = "sandbox-pay";

  private final AgentWorld world;
  private final AgentTimeouts timing;
  private final AgentHttpClient agentHttpClient;
  private final CallRetries callRetries;

  PaymentClient(AgentWorld world, AgentTimeouts timing, AgentHttpClient agentHttpClient) {
    this.world = world;
    this.timing = timing;
    this.agentHttpClient = agentHttpClient;
    this.callRetries = new CallRetries(timing.retryPause());
  }

  /**
   * Signs a payment request over the bill exactly as it came.
   *
   * @param needed both layers of the bill
   */
  JsonNode signRequest(Purchase purchase, JsonNode needed) {
    var bill = needed.path("protocol");
    var request = Json.object();
    request.put("request_id", world.ids().next("Q"));
    request.put("merchant_order_no", purchase.orderNo());
    request.put("instrument_ref", instrument(purchase));
    request.set("amount", bill.path("amount"));
    request.set("currency", bill.path("currency"));
    request.put("timestamp", world.now().toString());
    request.put("agent_id", world.agent().value());
    world.addPrincipal(request);
    request.set("payee", bill.path("seller_unique_id"));
    var delegatedAuthority = purchase.delegated();
    if (delegatedAuthority == null) {
      request.put("intent_id", purchase.intentId());
    } else {
      request.put("delegation_id", delegatedAuthority.delegationId());
      request.put("iac", delegatedAuthority.iac());
      request.put("principal_id", world.delegations().principal().value());
      var fulfilment = PurchaseSelfCheck.fulfilmentTime(world, purchase);
      if (fulfilment != null) {
        request.put("fulfilment_at", fulfilment.toString());
      }
      request.set("order", purchase.paper(Purchase.SignedPaper.ORDER));
    }
    request.set("bill", bill);
    request.set("bill_method", needed.path("method"));
    request.put("description", purchase.title().in(world.principal().language()));
    return SignedJson.sign(request, world.signer());
  }

  /**
   * Finds a reference that is bound to this agent and may pay the amount; the agent never sees
   * account numbers.
   */
  private String instrument(Purchase purchase) {
    var body =
        AgentHttpClient.body(
            PAYMENT_SERVICE,
            callRetries.untilAnswered(
                () ->
                    agentHttpClient.getWithKey(
                        world.psp().at("/instruments" + world.principalQuery()),
                        purchase.intentId(),
                        timing.call())));
    Predicate<JsonNode> usable =
        instrument ->
            instrument.path("status").asString("").equalsIgnoreCase("active")
                && (purchase.delegated() == null
                    || instrument.path("method").asString("").equals(METHOD))
                && allows(instrument, purchase.total());
    return body.path("items")
        .valueStream()
        .filter(usable)
        .map(instrument -> instrument.path("instrument_ref").asString(""))
        .findFirst()
        .orElseThrow(
            () ->
                ParticipantRefusal.untrusted(
                    PAYMENT_SERVICE,
                    "instrument_invalid",
                    "no payment instrument is bound to this agent"));
  }

  private static boolean allows(JsonNode instrument, Money total) {
    var limit = instrument.path("limit_per_payment").asString("");
    return limit.isEmpty() || !total.moreThan(Money.of(limit, total.currency().getCurrencyCode()));
  }

  /**
   * Returns the payment of an earlier attempt whose answer was lost, or else makes a new one.
   *
   * @param repeated whether an earlier attempt may have arrived, so that the service is asked
   *     before the request is sent again (A402-9)
   */
  JsonNode requestPayment(Purchase purchase, boolean repeated) {
    if (repeated) {
      var known = find(purchase);
      if (known.isPresent()) {
        return checked(purchase, known.get());
      }
    }
    var body = Json.write(purchase.paper(Purchase.SignedPaper.REQUEST));
    var path = purchase.delegated() == null ? "/payments" : "/delegated-payments";
    var answer =
        callRetries.untilAnswered(
            () ->
                agentHttpClient.postWithKey(
                    world.psp().at(path), purchase.intentId(), body, timing.call()));
    return checked(purchase, AgentHttpClient.body(PAYMENT_SERVICE, answer));
  }

  /** Finds the payment that this purchase's request made, if the request arrived. */
  Optional<JsonNode> find(Purchase purchase) {
    var id = purchase.paper(Purchase.SignedPaper.REQUEST).path("request_id").asString("");
    var answer =
        callRetries.untilAnswered(
            () ->
                agentHttpClient.getWithKey(
                    world.psp().at("/payments?request_id=" + id),
                    purchase.intentId(),
                    timing.call()));
    if (answer.status() == 404) {
      return Optional.empty();
    }
    return AgentHttpClient.body(PAYMENT_SERVICE, answer).path("items").valueStream().findFirst();
  }

  /**
   * Waits until the principal decides at the cashier, at most for one long poll; the returned
   * payment may still be undecided.
   */
  JsonNode awaitDecision(Purchase purchase) {
    long seconds = Math.min(25, timing.longPoll().toSeconds());
    var target = world.psp().at("/payments/" + purchase.tradeNo() + "?wait_seconds=" + seconds);
    var timeout = timing.longPoll().plus(timing.call());
    return checked(
        purchase,
        StopSignal.callUnlessStopped(purchase.tradeNo(), () -> payment(purchase, target, timeout)));
  }

  JsonNode query(Purchase purchase) {
    var target = world.psp().at("/payments/" + purchase.tradeNo());
    return checked(purchase, payment(purchase, target, timing.call()));
  }

  private JsonNode payment(Purchase purchase, java.net.URI target, Duration timeout) {
    return AgentHttpClient.body(
        PAYMENT_SERVICE,
        callRetries.untilAnswered(
            () -> agentHttpClient.getWithKey(target, purchase.intentId(), timeout)));
  }

  /**
   * Closes an undecided payment and returns what it became; the principal may have paid in the
   * meantime.
   */
  JsonNode closePayment(Purchase purchase) {
    var target = world.psp().at("/payments/" + purchase.tradeNo() + "/close");
    var answer =
        callRetries.untilAnswered(
            () -> agentHttpClient.postWithKey(target, purchase.intentId(), "{}", timing.call()));
    return answer.isSuccess()
        ? checked(purchase, AgentHttpClient.body(PAYMENT_SERVICE, answer))
        : query(purchase);
  }

  static PaymentStatus status(JsonNode payment) {
    return Json.read(payment.path("status"), PaymentStatus.class);
  }

  private static JsonNode checked(Purchase purchase, JsonNode payment) {
    var request = purchase.paper(Purchase.SignedPaper.REQUEST);
    for (var field : new String[] {"request_id", "merchant_order_no", "payee", "currency"}) {
      if (!payment.path(field).equals(request.path(field))) {
        throw ParticipantRefusal.untrusted(
            PAYMENT_SERVICE,
            "payment_mismatch",
            "the payment differs from the request in " + field);
      }
    }
    if (!Money.of(payment.path("amount").asString(""), payment.path("currency").asString(""))
        .equals(purchase.total())) {
      throw ParticipantRefusal.untrusted(
          PAYMENT_SERVICE, "payment_mismatch", "the payment differs from the request in amount");
    }
    return payment;
  }
}
