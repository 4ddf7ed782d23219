package org.actsandbox.agent.purchase;

import java.time.Duration;
import java.util.function.Predicate;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.payment.PaymentClient;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.CallRetries;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import tools.jackson.databind.JsonNode;

/** Signs the payment requests of purchases and chooses what they are paid with. */
final class PurchasePaymentRequests {

  /** The payment method that the agent uses under an authority. */
  static final String METHOD = "balance";

  private final AgentWorld world;
  private final Duration timeout;
  private final AgentHttpClient agentHttpClient;
  private final CallRetries callRetries;

  PurchasePaymentRequests(
      AgentWorld world,
      AgentHttpClient agentHttpClient,
      Duration timeout,
      CallRetries callRetries) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
    this.timeout = timeout;
    this.callRetries = callRetries;
  }

  /**
   * Signs a payment request over the bill exactly as it came.
   *
   * @param needed both layers of the bill
   */
  JsonNode sign(Purchase purchase, JsonNode needed) {
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
      purchase.find(Purchase.SignedPaper.ORDER).ifPresent(order -> request.set("order", order));
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
            PaymentClient.PAYMENT_SERVICE,
            callRetries.untilAnswered(
                () ->
                    agentHttpClient.getWithKey(
                        world.psp().at("/instruments" + world.principalQuery()),
                        purchase.intentId(),
                        timeout)));
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
                    PaymentClient.PAYMENT_SERVICE,
                    "instrument_invalid",
                    "no payment instrument is bound to this agent"));
  }

  private static boolean allows(JsonNode instrument, Money total) {
    var limit = instrument.path("limit_per_payment").asString("");
    return limit.isEmpty() || !total.moreThan(Money.of(limit, total.currency().getCurrencyCode()));
  }
}
