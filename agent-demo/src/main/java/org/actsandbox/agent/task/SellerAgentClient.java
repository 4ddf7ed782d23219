package org.actsandbox.agent.task;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.search.MethodAgreement;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.OrderCancellation;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Requests work from seller agents, checks their bills and presents payment proofs (A402). Every
 * field of a bill is compared with the request.
 */
final class SellerAgentClient {

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final MethodAgreement methodAgreement;
  private final Duration timeout;

  SellerAgentClient(
      AgentWorld world,
      AgentHttpClient agentHttpClient,
      MethodAgreement methodAgreement,
      Duration timeout) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
    this.methodAgreement = methodAgreement;
    this.timeout = timeout;
  }

  /** Signs a service request. It is sent again byte for byte with the proof (A402-5). */
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

  Platform platform(SellerService sellerService) {
    return world
        .platform(sellerService.merchant())
        .orElseThrow(
            () ->
                ParticipantRefusal.untrusted(
                    sellerService.merchant(),
                    "merchant_not_allowed",
                    "the agent does not know this merchant"));
  }

  /**
   * Fetches the bill for a request and checks it against the request.
   *
   * @throws ParticipantRefusal {@code bill_mismatch} and similar codes: then nothing is paid
   */
  JsonNode bill(Task task, TaskStep taskStep) {
    var platform = platform(taskStep.seller());
    var body = body(taskStep);
    var answer =
        agentHttpClient.post(
            address(platform, taskStep.seller()),
            task.authority().intentId(),
            body,
            Map.of(),
            timeout);
    if (answer.status() != 402) {
      throw refusal(platform, answer);
    }
    try {
      var shown =
          A402Headers.decode(
              A402Headers.PAYMENT_NEEDED,
              answer
                  .header(A402Headers.PAYMENT_NEEDED)
                  .orElseThrow(
                      () ->
                          ParticipantRefusal.untrusted(
                              platform.id(), "bill_missing", "it answered 402 without a bill")));
      var bill = shown.path("protocol");
      if (!SignedJson.verify(bill, world.keys()).equals(platform.did())) {
        throw ParticipantRefusal.untrusted(
            platform.id(), "bill_signature", "another participant signed the bill");
      }
      check(platform, taskStep, Json.read(bill, PaymentNeeded.Bill.class));
      methodAgreement.checkBill(platform, shown);
      return shown;
    } catch (Refusal refusal) {
      throw new ParticipantRefusal(
          platform.id(), 402, refusal.problem().code(), refusal.detail(), refusal);
    } catch (JacksonException | IllegalArgumentException | NullPointerException malformed) {
      throw new ParticipantRefusal(
          platform.id(), 402, "bill_malformed", "the bill has another form", malformed);
    }
  }

  /**
   * Agrees with the seller on the payment method; without a method there is no payment (CID-5).
   *
   * @throws ParticipantRefusal {@code method_unsupported}
   */
  void agreeOnMethod(Task task, TaskStep taskStep, Money amount) {
    methodAgreement.agree(platform(taskStep.seller()), task.authority().intentId(), amount);
  }

  private static ParticipantRefusal refusal(Platform platform, OutboundClient.Answer answer) {
    if (answer.isSuccess()) {
      return ParticipantRefusal.untrusted(
          platform.id(), "bill_missing", "it asked for no payment but answered " + answer.status());
    }
    return ParticipantRefusal.from(platform.id(), answer);
  }

  private void check(Platform platform, TaskStep taskStep, PaymentNeeded.Bill bill) {
    var body = body(taskStep);
    requireSame(platform, "payee", platform.did().value(), bill.sellerUniqueId());
    requireSame(platform, "resource", resource(taskStep.seller()), bill.resourceId());
    requireSame(platform, "request method", "POST", bill.requestMethod());
    requireSame(
        platform,
        "request fingerprint",
        RequestFingerprint.of(
            "POST",
            address(platform, taskStep.seller()),
            "application/json",
            body.getBytes(StandardCharsets.UTF_8)),
        bill.requestFingerprint());
    requireSame(
        platform,
        "idempotency key",
        Json.parse(body).path("request_id").asString(""),
        String.valueOf(bill.idempotencyKey()));
    requireSame(platform, "payment method", PaymentNeeded.METHOD_ID, bill.methodId());
    requireSame(platform, "currency", Money.CNY.getCurrencyCode(), bill.currency());
    if (bill.buyerUniqueId() != null) {
      requireSame(platform, "buyer", world.agent().value(), bill.buyerUniqueId());
    }
    if (!world.now().isBefore(bill.payBefore())) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "bill_expired", "the bill can no longer be paid");
    }
  }

  private static void requireSame(Platform platform, String what, String expected, String billed) {
    if (!expected.equals(billed)) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "bill_mismatch", "the bill is for something else: its " + what);
    }
  }

  /**
   * Presents the payment proof and returns the result; the same proof again gets the stored result.
   *
   * @throws ParticipantRefusal with the seller's words when it does not deliver
   */
  JsonNode collect(Task task, TaskStep taskStep, JsonNode proof) {
    var platform = platform(taskStep.seller());
    var answer =
        agentHttpClient.post(
            address(platform, taskStep.seller()),
            task.authority().intentId(),
            body(taskStep),
            Map.of(A402Headers.PAYMENT_PROOF, A402Headers.encode(proof)),
            timeout);
    var delivery = AgentHttpClient.body(platform, answer);
    if (!delivery.path("kind").asString("").equals("service")
        || !delivery.path("service").asString("").equals(taskStep.seller().service())
        || !delivery.path("result").isObject()) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "delivery_malformed", "it delivered something else than was paid");
    }
    return delivery.path("result");
  }

  /**
   * Asks for the money of a service that was not delivered.
   *
   * @throws ParticipantRefusal {@code not_cancellable} when it was delivered, or when the money
   *     went back already
   */
  void cancel(Task task, TaskStep taskStep, String orderNo) {
    var platform = platform(taskStep.seller());
    AgentHttpClient.body(
        platform,
        agentHttpClient.postWithKey(
            platform.at("/orders/" + orderNo + "/cancel"),
            task.authority().intentId(),
            OrderCancellation.of(world, task.authority().intentId(), orderNo),
            timeout));
  }

  private static String body(TaskStep taskStep) {
    var request = taskStep.papers().request();
    if (request == null) {
      throw new IllegalStateException(taskStep.key() + " has no request");
    }
    return request;
  }

  private static String resource(SellerService sellerService) {
    return "services/" + sellerService.service();
  }

  private static URI address(Platform platform, SellerService sellerService) {
    return platform.at("/" + resource(sellerService));
  }
}
