package org.actsandbox.agent.purchase;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.actsandbox.agent.AgentTiming;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.search.MethodAgreement;
import org.actsandbox.agent.wire.Calls;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Canonical;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Fetches the bill a paid resource answers with, and believes no field of it. */
final class Bills {

  private final AgentWorld world;
  private final Calls calls;
  private final MethodAgreement methods;
  private final Duration timeout;
  private final Repeats repeats;

  Bills(AgentWorld world, AgentTiming timing, Calls calls, MethodAgreement methods) {
    this.world = world;
    this.calls = calls;
    this.methods = methods;
    this.timeout = timing.call();
    this.repeats = new Repeats(timing.retryPause());
  }

  /**
   * The protocol layer of the bill, byte for byte.
   *
   * @throws Refused on any difference to the signed order
   */
  JsonNode fetch(Purchase purchase, Platform platform) {
    var resource = URI.create(purchase.order().resourceUrl());
    var answer = repeats.untilAnswered(() -> calls.get(resource, purchase.intentId(), timeout));
    if (answer.status() != 402) {
      throw Refused.untrusted(
          platform.id(), "bill_missing", "it asked for no payment but answered " + answer.status());
    }
    try {
      var header = Headers.decode(Headers.PAYMENT_NEEDED, header(platform, answer));
      var bill = header.path("protocol");
      if (!SignedJson.verify(bill, world.keys()).equals(platform.did())) {
        throw Refused.untrusted(platform.id(), "bill_signature", "somebody else signed the bill");
      }
      check(purchase, platform, bill);
      methods.billed(platform, header);
      return bill;
    } catch (Refusal refusal) {
      throw new Refused(platform.id(), 402, refusal.problem().code(), refusal.detail(), refusal);
    } catch (JacksonException | IllegalArgumentException | NullPointerException malformed) {
      throw new Refused(
          platform.id(), 402, "bill_malformed", "the bill has another form", malformed);
    }
  }

  private static String header(Platform platform, Outbound.Answer answer) {
    return answer
        .header(Headers.PAYMENT_NEEDED)
        .orElseThrow(
            () ->
                Refused.untrusted(platform.id(), "bill_missing", "it answered 402 without a bill"));
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
      throw Refused.untrusted(platform.id(), "bill_expired", "the bill can no longer be paid");
    }
  }

  private static String fingerprint(Order order) {
    return Fingerprint.of("GET", URI.create(order.resourceUrl()), "", new byte[0]);
  }

  private static String digest(Purchase purchase) {
    return Fingerprint.digest(Canonical.bytes(purchase.paper(Purchase.Paper.ORDER)));
  }

  private static void same(Platform platform, String what, String shown, String billed) {
    if (!shown.equals(billed)) {
      throw Refused.untrusted(
          platform.id(), "bill_mismatch", "the bill differs from the signed order in " + what);
    }
  }

  /**
   * @throws Refused {@code method_unsupported}: without a method there is no payment (CID-5)
   */
  void agreeOnMethod(Purchase purchase, Platform platform) {
    repeats.untilAnswered(
        () -> {
          methods.agree(platform, purchase.intentId(), purchase.total());
          return true;
        });
  }

  /** The money is spent: only a seller that stays away for long is given up. */
  Outbound.Answer collect(Purchase purchase, String proofHeader) {
    var resource = URI.create(purchase.order().resourceUrl());
    return repeats.pastOutages(
        () ->
            calls.get(
                resource,
                purchase.intentId(),
                Map.of(Headers.PAYMENT_PROOF, proofHeader),
                timeout));
  }
}
