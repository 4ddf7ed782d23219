package org.actsandbox.agent.seller;

import java.util.List;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.payment.PaidResource;
import org.actsandbox.agent.payment.PaidResource.BillField;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs the requests for paid services, and says what a service's bill and delivery must be. A
 * request is sent again byte for byte with the proof (A402-5), so it is kept as text.
 */
public final class ServiceRequests {

  private final AgentWorld world;

  public ServiceRequests(AgentWorld world) {
    this.world = world;
  }

  /**
   * Signs a request.
   *
   * @param delegationId the authority that pays; null if the principal will be asked
   * @param credentialId the credential that the seller asks for; null for none
   */
  public String sign(
      String intentId,
      @Nullable String delegationId,
      JsonNode input,
      @Nullable String credentialId) {
    var request = Json.object();
    request.put("intent_id", intentId);
    if (delegationId != null) {
      request.put("delegation_id", delegationId);
    }
    request.put("agent_id", world.agent().value());
    request.set("input", input);
    if (credentialId != null) {
      request.put("credential_id", credentialId);
    }
    return signedNow(request);
  }

  /** Signs a request anew that is out of date: the same wish with a new id and the present time. */
  public String renew(String request) {
    var again = (ObjectNode) Json.parse(request);
    List.of("signer_id", "signature_type", "signature_content").forEach(again::remove);
    return signedNow(again);
  }

  private String signedNow(ObjectNode request) {
    request.put("request_id", world.ids().next("Q"));
    request.put("timestamp", world.now().toString());
    return Json.write(SignedJson.sign(request, world.signer()));
  }

  /** Returns what the request asks for. */
  public static JsonNode input(String request) {
    return Json.parse(request).path("input");
  }

  /**
   * Returns the service as a paid resource. The seller names the order and the price, so the bill
   * is compared with the request.
   */
  public static PaidResource resource(
      Platform platform, String intentId, String service, String request) {
    var resource = "services/" + service;
    var requestId = Json.parse(request).path("request_id").asString("");
    return new PaidResource(
        platform,
        intentId,
        platform.at("/" + resource),
        request,
        List.of(
            new BillField("resource", resource, Bill::resourceId),
            new BillField("idempotency key", requestId, Bill::idempotencyKey),
            new BillField("currency", Money.CNY.getCurrencyCode(), Bill::currency)),
        "the bill is for something else: its ");
  }

  /**
   * Returns a delivery that is one of this service.
   *
   * @throws ParticipantRefusal {@code delivery_malformed}
   */
  public static JsonNode requireDelivery(Platform platform, String service, JsonNode delivery) {
    if (!delivery.path("kind").asString("").equals("service")
        || !delivery.path("service").asString("").equals(service)
        || !delivery.path("result").isObject()) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "delivery_malformed", "it delivered something else than was paid");
    }
    return delivery;
  }
}
