package org.actsandbox.agent.purchase;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.search.MethodAgreement;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Requests the paid resource of an order: it fetches and checks the bill of the 402 answer, and
 * presents the payment proof (A402). Every field of the bill is compared with the signed order.
 */
final class PaidResourceClient {

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final MethodAgreement methodAgreement;
  private final Duration timeout;
  private final CallRetries callRetries;

  PaidResourceClient(
      AgentWorld world,
      AgentTimeouts timing,
      AgentHttpClient agentHttpClient,
      MethodAgreement methodAgreement) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
    this.methodAgreement = methodAgreement;
    this.timeout = timing.call();
    this.callRetries = new CallRetries(timing.retryPause());
  }

  /**
   * Fetches the bill and returns both of its layers as they came.
   *
   * @throws ParticipantRefusal on any difference to the signed order
   */
  JsonNode fetchBill(Purchase purchase, Platform platform) {
    var resource = URI.create(purchase.order().resourceUrl());
    var answer =
        callRetries.untilAnswered(
            () -> agentHttpClient.get(resource, purchase.intentId(), timeout));
    if (answer.status() != 402) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "bill_missing", "it asked for no payment but answered " + answer.status());
    }
    try {
      var header = A402Headers.decode(A402Headers.PAYMENT_NEEDED, header(platform, answer));
      var bill = header.path("protocol");
      if (!SignedJson.verify(bill, world.keys()).equals(platform.did())) {
        throw ParticipantRefusal.untrusted(
            platform.id(), "bill_signature", "another participant signed the bill");
      }
      check(purchase, platform, bill);
      methodAgreement.checkBill(platform, header);
      return header;
    } catch (Refusal refusal) {
      throw new ParticipantRefusal(
          platform.id(), 402, refusal.problem().code(), refusal.detail(), refusal);
    } catch (JacksonException | IllegalArgumentException | NullPointerException malformed) {
      throw new ParticipantRefusal(
          platform.id(), 402, "bill_malformed", "the bill has another form", malformed);
    }
  }

  private static String header(Platform platform, OutboundClient.Answer answer) {
    return answer
        .header(A402Headers.PAYMENT_NEEDED)
        .orElseThrow(
            () ->
                ParticipantRefusal.untrusted(
                    platform.id(), "bill_missing", "it answered 402 without a bill"));
  }

  private void check(Purchase purchase, Platform platform, JsonNode raw) {
    var bill = Json.read(raw, PaymentNeeded.Bill.class);
    var order = purchase.order();
    requireSame(platform, "payee", platform.did().value(), bill.sellerUniqueId());
    requireSame(platform, "order number", order.orderNo(), bill.outTradeNo());
    requireSame(platform, "currency", order.currency(), bill.currency());
    requireSame(
        platform,
        "amount",
        purchase.total().decimal(),
        Money.of(bill.amount(), bill.currency()).decimal());
    requireSame(platform, "resource", order.resourceId(), bill.resourceId());
    requireSame(platform, "request method", "GET", bill.requestMethod());
    requireSame(platform, "request fingerprint", fingerprint(order), bill.requestFingerprint());
    requireSame(platform, "payment method", PaymentNeeded.METHOD_ID, bill.methodId());
    if (bill.buyerUniqueId() != null) {
      requireSame(platform, "buyer", world.agent().value(), bill.buyerUniqueId());
    }
    var confirmation = bill.commerceConfirmation();
    if (confirmation != null) {
      requireSame(platform, "confirmation", digest(purchase), confirmation.confirmationDigest());
    }
    if (!world.now().isBefore(bill.payBefore())) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "bill_expired", "the bill can no longer be paid");
    }
  }

  private static String fingerprint(Order order) {
    return RequestFingerprint.of("GET", URI.create(order.resourceUrl()), "", new byte[0]);
  }

  private static String digest(Purchase purchase) {
    return RequestFingerprint.digest(
        CanonicalJson.bytes(purchase.paper(Purchase.SignedPaper.ORDER)));
  }

  private static void requireSame(Platform platform, String what, String expected, String billed) {
    if (!expected.equals(billed)) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "bill_mismatch", "the bill differs from the signed order in " + what);
    }
  }

  /**
   * Agrees with the merchant on the payment method; without a method there is no payment (CID-5).
   *
   * @throws ParticipantRefusal {@code method_unsupported}
   */
  void negotiateMethod(Purchase purchase, Platform platform) {
    callRetries.untilAnswered(
        () -> {
          methodAgreement.agree(platform, purchase.intentId(), purchase.total());
          return true;
        });
  }

  /**
   * Requests the resource with the payment proof. The money is spent already, so this call repeats
   * past outages as well.
   */
  OutboundClient.Answer fetchWithProof(Purchase purchase, String proofHeader) {
    var resource = URI.create(purchase.order().resourceUrl());
    return callRetries.untilAvailable(
        () ->
            agentHttpClient.get(
                resource,
                purchase.intentId(),
                Map.of(A402Headers.PAYMENT_PROOF, proofHeader),
                timeout));
  }
}
