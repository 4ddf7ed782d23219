package org.actsandbox.agent.task;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.search.MethodAgreement;
import org.actsandbox.agent.wire.Calls;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks seller agents for work, and believes no field of their bills. */
final class Services {

  private final AgentWorld world;
  private final Calls calls;
  private final MethodAgreement methods;
  private final Duration timeout;

  Services(AgentWorld world, Calls calls, MethodAgreement methods, Duration timeout) {
    this.world = world;
    this.calls = calls;
    this.methods = methods;
    this.timeout = timeout;
  }

  /** The signed request; sent byte for byte again with the proof (A402-5). */
  String request(Task task, JsonNode input) {
    var request = Json.object();
    request.put("request_id", world.ids().next("Q"));
    request.put("intent_id", task.authority().intentId());
    request.put("delegation_id", task.delegated().delegationId());
    request.put("agent_id", world.agent().value());
    request.put("timestamp", world.now().toString());
    request.set("input", input);
    return Json.write(SignedJson.sign(request, world.signer()));
  }

  Platform platform(Seller seller) {
    return world
        .platform(seller.merchant())
        .orElseThrow(
            () -> Refused.untrusted(seller.merchant(), "merchant_not_allowed", "it is a stranger"));
  }

  /**
   * The bill for a request, checked against it.
   *
   * @throws Refused {@code bill_mismatch} and the like: then nothing is paid
   */
  JsonNode bill(Task task, Step step) {
    var platform = platform(step.seller());
    var body = body(step);
    var answer =
        calls.post(
            address(platform, step.seller()), task.authority().intentId(), body, Map.of(), timeout);
    if (answer.status() != 402) {
      throw refused(platform, answer);
    }
    try {
      var shown =
          Headers.decode(
              Headers.PAYMENT_NEEDED,
              answer
                  .header(Headers.PAYMENT_NEEDED)
                  .orElseThrow(
                      () ->
                          Refused.untrusted(
                              platform.id(), "bill_missing", "it answered 402 without a bill")));
      var bill = shown.path("protocol");
      if (!SignedJson.verify(bill, world.keys()).equals(platform.did())) {
        throw Refused.untrusted(platform.id(), "bill_signature", "somebody else signed the bill");
      }
      check(platform, step, Json.read(bill, PaymentNeeded.Bill.class));
      methods.billed(platform, shown);
      return bill;
    } catch (Refusal refusal) {
      throw new Refused(platform.id(), 402, refusal.problem().code(), refusal.detail(), refusal);
    } catch (JacksonException | IllegalArgumentException | NullPointerException malformed) {
      throw new Refused(
          platform.id(), 402, "bill_malformed", "the bill has another form", malformed);
    }
  }

  /**
   * @throws Refused {@code method_unsupported}: without a method there is no payment (CID-5)
   */
  void agreeOnMethod(Task task, Step step, Money amount) {
    methods.agree(platform(step.seller()), task.authority().intentId(), amount);
  }

  private static Refused refused(Platform platform, Outbound.Answer answer) {
    if (answer.isSuccess()) {
      return Refused.untrusted(
          platform.id(), "bill_missing", "it asked for no payment but answered " + answer.status());
    }
    return Refused.from(platform.id(), answer);
  }

  private void check(Platform platform, Step step, PaymentNeeded.Bill bill) {
    var body = body(step);
    same(platform, "payee", platform.did().value(), bill.sellerUniqueId());
    same(platform, "resource", resource(step.seller()), bill.resourceId());
    same(platform, "request method", "POST", bill.requestMethod());
    same(
        platform,
        "request fingerprint",
        Fingerprint.of(
            "POST",
            address(platform, step.seller()),
            "application/json",
            body.getBytes(StandardCharsets.UTF_8)),
        bill.requestFingerprint());
    same(
        platform,
        "idempotency key",
        Json.parse(body).path("request_id").asString(""),
        String.valueOf(bill.idempotencyKey()));
    same(platform, "payment method", PaymentNeeded.METHOD_ID, bill.methodId());
    same(platform, "currency", Money.CNY.getCurrencyCode(), bill.currency());
    if (bill.buyerUniqueId() != null) {
      same(platform, "buyer", world.agent().value(), bill.buyerUniqueId());
    }
    if (!world.now().isBefore(bill.payBefore())) {
      throw Refused.untrusted(platform.id(), "bill_expired", "the bill can no longer be paid");
    }
  }

  private static void same(Platform platform, String what, String asked, String billed) {
    if (!asked.equals(billed)) {
      throw Refused.untrusted(
          platform.id(), "bill_mismatch", "the bill is for something else: its " + what);
    }
  }

  /**
   * Shows the proof; the same again gets the stored result.
   *
   * @throws Refused with the seller's words when it does not deliver
   */
  JsonNode collect(Task task, Step step, JsonNode proof) {
    var platform = platform(step.seller());
    var answer =
        calls.post(
            address(platform, step.seller()),
            task.authority().intentId(),
            body(step),
            Map.of(Headers.PAYMENT_PROOF, Headers.encode(proof)),
            timeout);
    var delivery = Calls.body(platform, answer);
    if (!delivery.path("kind").asString("").equals("service")
        || !delivery.path("service").asString("").equals(step.seller().service())
        || !delivery.path("result").isObject()) {
      throw Refused.untrusted(
          platform.id(), "delivery_malformed", "it delivered something else than was paid");
    }
    return delivery.path("result");
  }

  /**
   * Asks for the money of what was not delivered.
   *
   * @throws Refused {@code not_cancellable} when it was delivered, or is given back already
   */
  void cancel(Task task, Step step, String orderNo) {
    var platform = platform(step.seller());
    Calls.body(
        platform,
        calls.postWithKey(
            platform.at("/orders/" + orderNo + "/cancel"),
            task.authority().intentId(),
            "{}",
            timeout));
  }

  private static String body(Step step) {
    var request = step.papers().request();
    if (request == null) {
      throw new IllegalStateException(step.key() + " has no request");
    }
    return request;
  }

  private static String resource(Seller seller) {
    return "services/" + seller.service();
  }

  private static URI address(Platform platform, Seller seller) {
    return platform.at("/" + resource(seller));
  }
}
