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
 * The agent's side of payment: asks for it, waits, never approves. An instant payment (PSD-3) is
 * confirmed at the cashier; a directed one (PSD-5) carries the credential it rests on.
 */
final class PaymentClient {

  /** What the agent pays with under an authority. */
  static final String METHOD = "balance";

  private static final String WHO = "sandbox-pay";

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
   * The signed request over the bill exactly as it came.
   *
   * @param needed both layers
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

  /** A reference bound to this agent that may pay the amount; account numbers are never seen. */
  private String instrument(Purchase purchase) {
    var body =
        AgentHttpClient.body(
            WHO,
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
                    WHO, "instrument_invalid", "no payment instrument is bound to this agent"));
  }

  private static boolean allows(JsonNode instrument, Money total) {
    var limit = instrument.path("limit_per_payment").asString("");
    return limit.isEmpty() || !total.moreThan(Money.of(limit, total.currency().getCurrencyCode()));
  }

  /**
   * The payment: what an earlier, lost attempt made of it, else a new one.
   *
   * @param repeated an earlier attempt may have arrived: ask before sending again (A402-9)
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
    return checked(purchase, AgentHttpClient.body(WHO, answer));
  }

  /** The payment this purchase's request made, if it arrived. */
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
    return AgentHttpClient.body(WHO, answer).path("items").valueStream().findFirst();
  }

  /** Waits for the principal at the cashier: the payment once it is decided, or unchanged. */
  JsonNode awaitDecision(Purchase purchase) {
    long seconds = Math.min(25, timing.longPoll().toSeconds());
    var target = world.psp().at("/payments/" + purchase.tradeNo() + "?wait_seconds=" + seconds);
    var patience = timing.longPoll().plus(timing.call());
    return checked(
        purchase,
        StopSignal.callUnlessStopped(
            purchase.tradeNo(), () -> payment(purchase, target, patience)));
  }

  JsonNode query(Purchase purchase) {
    var target = world.psp().at("/payments/" + purchase.tradeNo());
    return checked(purchase, payment(purchase, target, timing.call()));
  }

  private JsonNode payment(Purchase purchase, java.net.URI target, Duration patience) {
    return AgentHttpClient.body(
        WHO,
        callRetries.untilAnswered(
            () -> agentHttpClient.getWithKey(target, purchase.intentId(), patience)));
  }

  /** Closes an undecided payment; what it became, which may well be paid. */
  JsonNode closePayment(Purchase purchase) {
    var target = world.psp().at("/payments/" + purchase.tradeNo() + "/close");
    var answer =
        callRetries.untilAnswered(
            () -> agentHttpClient.postWithKey(target, purchase.intentId(), "{}", timing.call()));
    return answer.isSuccess()
        ? checked(purchase, AgentHttpClient.body(WHO, answer))
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
            WHO, "payment_mismatch", "the payment differs from the request in " + field);
      }
    }
    if (!Money.of(payment.path("amount").asString(""), payment.path("currency").asString(""))
        .equals(purchase.total())) {
      throw ParticipantRefusal.untrusted(
          WHO, "payment_mismatch", "the payment differs from the request in amount");
    }
    return payment;
  }
}
