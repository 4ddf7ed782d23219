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

/** Fetches the bill a paid resource answers with, and believes no field of it. */
final class PaidResourceClient {

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final MethodAgreement methods;
  private final Duration timeout;
  private final CallRetries callRetries;

  PaidResourceClient(
      AgentWorld world,
      AgentTimeouts timing,
      AgentHttpClient agentHttpClient,
      MethodAgreement methods) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
    this.methods = methods;
    this.timeout = timing.call();
    this.callRetries = new CallRetries(timing.retryPause());
  }

  /**
   * Both layers of the bill, as they came.
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
            platform.id(), "bill_signature", "somebody else signed the bill");
      }
      check(purchase, platform, bill);
      methods.billed(platform, header);
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
    same(platform, "payee", platform.did().value(), bill.sellerUniqueId());
    same(platform, "order number", order.orderNo(), bill.outTradeNo());
    same(platform, "currency", order.currency(), bill.currency());
    same(
        platform,
        "amount",
        purchase.total().decimal(),
        Money.of(bill.amount(), bill.currency()).decimal());
    same(platform, "resource", order.resourceId(), bill.resourceId());
    same(platform, "request method", "GET", bill.requestMethod());
    same(platform, "request fingerprint", fingerprint(order), bill.requestFingerprint());
    same(platform, "payment method", PaymentNeeded.METHOD_ID, bill.methodId());
    if (bill.buyerUniqueId() != null) {
      same(platform, "buyer", world.agent().value(), bill.buyerUniqueId());
    }
    var confirmation = bill.commerceConfirmation();
    if (confirmation != null) {
      same(platform, "confirmation", digest(purchase), confirmation.confirmationDigest());
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

  private static void same(Platform platform, String what, String shown, String billed) {
    if (!shown.equals(billed)) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "bill_mismatch", "the bill differs from the signed order in " + what);
    }
  }

  /**
   * @throws ParticipantRefusal {@code method_unsupported}: without a method there is no payment
   *     (CID-5)
   */
  void negotiateMethod(Purchase purchase, Platform platform) {
    callRetries.untilAnswered(
        () -> {
          methods.agree(platform, purchase.intentId(), purchase.total());
          return true;
        });
  }

  /** The money is spent: only a seller that stays away for long is given up. */
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
