package org.actsandbox.agent.task;

import java.util.List;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.payment.PaidResource;
import org.actsandbox.agent.payment.PaidResource.BillField;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import tools.jackson.databind.JsonNode;

/**
 * Makes the requests to seller agents: which service is asked for, what its bill must say, and what
 * its delivery must hold.
 */
final class SellerAgentRequests {

  private final AgentWorld world;
  private final BuyerCredentials buyerCredentials;

  SellerAgentRequests(AgentWorld world, BuyerCredentials buyerCredentials) {
    this.world = world;
    this.buyerCredentials = buyerCredentials;
  }

  /** Signs a service request. It is sent again byte for byte with the proof (A402-5). */
  String request(Task task, TaskStep taskStep, JsonNode input) {
    var request = Json.object();
    request.put("request_id", world.ids().next("Q"));
    request.put("intent_id", task.intentId());
    request.put("delegation_id", task.requiredAuthority().delegationId());
    request.put("agent_id", world.agent().value());
    request.put("timestamp", world.now().toString());
    request.set("input", input);
    buyerCredentials
        .find(taskStep.seller(), platform(taskStep.seller()))
        .ifPresent(credentialId -> request.put("credential_id", credentialId));
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

  /** The seller names the order and the price, so the bill is compared with the request. */
  PaidResource resource(Task task, TaskStep taskStep) {
    var platform = platform(taskStep.seller());
    var resource = "services/" + taskStep.seller().service();
    var body = body(taskStep);
    var requestId = Json.parse(body).path("request_id").asString("");
    return new PaidResource(
        platform,
        task.intentId(),
        platform.at("/" + resource),
        body,
        List.of(
            new BillField("resource", resource, Bill::resourceId),
            new BillField("idempotency key", requestId, Bill::idempotencyKey),
            new BillField("currency", Money.CNY.getCurrencyCode(), Bill::currency)),
        "the bill is for something else: its ");
  }

  /**
   * Returns the result of a delivery.
   *
   * @throws ParticipantRefusal with the seller's words when it does not deliver
   */
  static JsonNode result(Platform platform, TaskStep taskStep, OutboundClient.Answer answer) {
    var delivery = AgentHttpClient.body(platform, answer);
    if (!delivery.path("kind").asString("").equals("service")
        || !delivery.path("service").asString("").equals(taskStep.seller().service())
        || !delivery.path("result").isObject()) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "delivery_malformed", "it delivered something else than was paid");
    }
    return delivery.path("result");
  }

  private static String body(TaskStep taskStep) {
    var request = taskStep.papers().request();
    if (request == null) {
      throw new IllegalStateException(taskStep.key() + " has no request");
    }
    return request;
  }
}
