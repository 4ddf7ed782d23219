package org.actsandbox.agent.payment;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.payment.PaymentClient.SignedPaymentRequest;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.CallRetries;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.alipay.a2m.AlipayProof;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import tools.jackson.databind.JsonNode;

/**
 * Pays bills in Alipay's form at the cashier of that profile. The principal decides about such a
 * payment as about every other, and the payment service answers for it.
 */
public final class AlipayPaymentClient {

  /** The part of a stored request that is posted to the cashier. */
  private static final String ORDER = "cashier_order";

  /**
   * Ours: any text but the dash of the official script, for which verify would take any proof
   * (AIP-181).
   */
  private static final String BUYER_SIGNATURE = "none";

  /** The agent waits for the decision at the payment service, as it does for other payments. */
  private static final Map<String, String> AT_ONCE = Map.of("Prefer", "wait=0");

  private final AgentWorld world;
  private final Duration timeout;
  private final AgentHttpClient agentHttpClient;
  private final CallRetries callRetries;

  AlipayPaymentClient(
      AgentWorld world,
      Duration timeout,
      AgentHttpClient agentHttpClient,
      CallRetries callRetries) {
    this.world = world;
    this.timeout = timeout;
    this.agentHttpClient = agentHttpClient;
    this.callRetries = callRetries;
  }

  /** Returns whether a bill, both of its layers, has Alipay's form. */
  public static boolean isBill(JsonNode needed) {
    return needed.path("method").has("seller_app_id");
  }

  /** Returns whether a stored request is for the cashier of this profile. */
  public static boolean isRequest(JsonNode request) {
    return request.has(ORDER);
  }

  /**
   * Returns the request for a bill: the order that is posted, and what the payment must say.
   *
   * @param needed both layers of the bill as they came
   * @param payee the participant whose page was billed
   */
  public static JsonNode request(AgentWorld world, JsonNode needed, Money amount, Did payee) {
    var request = Json.object();
    request.set("merchant_order_no", needed.at("/protocol/out_trade_no"));
    request.put("payee", payee.value());
    request.put("amount", amount.decimal());
    request.put("currency", amount.currency().getCurrencyCode());
    request.set(
        ORDER,
        CashierOrder.message(
            needed, world.psp().alipayAccount(), BUYER_SIGNATURE, world.now().toEpochMilli()));
    return request;
  }

  /**
   * Posts the order and returns the number of its payment. The same order again is the same
   * payment.
   *
   * @throws ParticipantRefusal {@code bill_refused} with the cashier's words
   */
  String open(SignedPaymentRequest request) {
    var tradeNo = post(request).path("tradeNo").asString("");
    if (tradeNo.isEmpty()) {
      throw ParticipantRefusal.untrusted(
          PaymentClient.PAYMENT_SERVICE, "payment_mismatch", "the cashier named no payment");
    }
    return tradeNo;
  }

  /**
   * Returns the value of {@code Payment-Proof} for a payment that was made (AIP-148 to AIP-151).
   *
   * @throws ParticipantRefusal {@code bill_refused}, or {@code proof_missing}
   */
  public String proof(SignedPaymentRequest request) {
    var paid = post(request);
    var proof = paid.path("paymentProof").asString("");
    if (proof.isEmpty()) {
      throw ParticipantRefusal.untrusted(
          PaymentClient.PAYMENT_SERVICE, "proof_missing", "the cashier gave no proof");
    }
    var session =
        Json.object()
            .put("externalId", world.psp().alipayAccount())
            .put("signature", BUYER_SIGNATURE)
            .put(
                "timestamp",
                request.message().path(ORDER).at("/signature/timestamp").asString("0"));
    return AlipayProof.of(
            proof,
            paid.path("tradeNo").asString(""),
            Base64.getEncoder()
                .encodeToString(Json.write(session).getBytes(StandardCharsets.UTF_8)))
        .encode();
  }

  private JsonNode post(SignedPaymentRequest request) {
    var order = Json.write(request.message().path(ORDER));
    var target = world.psp().alipayCashier();
    var answer =
        callRetries.untilAnswered(
            () -> agentHttpClient.post(target, request.intentId(), order, AT_ONCE, timeout));
    var body = AgentHttpClient.body(PaymentClient.PAYMENT_SERVICE, answer);
    if (!body.path("success").asBoolean(false)) {
      throw ParticipantRefusal.untrusted(
          PaymentClient.PAYMENT_SERVICE,
          "bill_refused",
          UntrustedText.sanitize(body.path("errorMessage").asString(""), 200));
    }
    return body.path("protocol");
  }
}
