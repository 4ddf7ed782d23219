package org.actsandbox.agent.task;

import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.payment.PaidResource;
import org.actsandbox.agent.seller.BuyerCredentials;
import org.actsandbox.agent.seller.ServiceRequests;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.http.OutboundClient;
import tools.jackson.databind.JsonNode;

/** Makes the requests of a task's steps to seller agents. */
final class SellerAgentRequests {

  private final AgentWorld world;
  private final BuyerCredentials buyerCredentials;
  private final ServiceRequests serviceRequests;

  SellerAgentRequests(AgentWorld world, BuyerCredentials buyerCredentials) {
    this.world = world;
    this.buyerCredentials = buyerCredentials;
    this.serviceRequests = new ServiceRequests(world);
  }

  /** Signs a service request. It is sent again byte for byte with the proof (A402-5). */
  String request(Task task, TaskStep taskStep, JsonNode input) {
    var seller = taskStep.seller();
    var credentialId =
        buyerCredentials
            .find(seller.attribute(BuyerCredentials.ATTRIBUTE), platform(seller))
            .orElse(null);
    return serviceRequests.sign(
        task.intentId(), task.requiredAuthority().delegationId(), input, credentialId);
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

  /** Returns the step's service as a paid resource. */
  PaidResource resource(Task task, TaskStep taskStep) {
    return ServiceRequests.resource(
        platform(taskStep.seller()), task.intentId(), taskStep.seller().service(), body(taskStep));
  }

  /**
   * Returns the result of a delivery.
   *
   * @throws ParticipantRefusal with the seller's words when it does not deliver
   */
  static JsonNode result(Platform platform, TaskStep taskStep, OutboundClient.Answer answer) {
    return ServiceRequests.requireDelivery(
            platform, taskStep.seller().service(), AgentHttpClient.body(platform, answer))
        .path("result");
  }

  private static String body(TaskStep taskStep) {
    var request = taskStep.papers().request();
    if (request == null) {
      throw new IllegalStateException(taskStep.key() + " has no request");
    }
    return request;
  }
}
