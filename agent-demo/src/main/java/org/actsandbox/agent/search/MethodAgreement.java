package org.actsandbox.agent.search;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.commerce.Negotiation;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import tools.jackson.databind.JsonNode;

/**
 * Makes sure that payee and agent share a payment method before anything is paid (ACT CID-4), and
 * that the bill names this method and the known payment service (CID-5).
 */
public final class MethodAgreement {

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final AgentCards cards;
  private final Duration timeout;

  public MethodAgreement(
      AgentWorld world, AgentHttpClient agentHttpClient, AgentCards cards, Duration timeout) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
    this.cards = cards;
    this.timeout = timeout;
  }

  /**
   * Agrees on a payment method with the platform; without a method there is no payment (CID-5).
   *
   * @throws ParticipantRefusal {@code method_unsupported}
   */
  public void agree(Platform platform, String intentId, Money amount) {
    var negotiationAddress = cards.negotiationAddress(platform, intentId, timeout);
    var offered =
        negotiationAddress.twoWay()
            ? negotiateMethods(platform, intentId, amount, negotiationAddress)
            : fetchDeclaredMethods(platform, intentId, negotiationAddress);
    if (offered.noneMatch(this::isOurs)) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "method_unsupported", "it takes no payment method this agent has");
    }
  }

  private Stream<JsonNode> fetchDeclaredMethods(
      Platform platform, String intentId, AgentCards.NegotiationAddress negotiationAddress) {
    var capability =
        AgentHttpClient.body(
            platform, agentHttpClient.get(negotiationAddress.address(), intentId, timeout));
    return methods(platform, capability).flatMap(method -> method.path("psps").valueStream());
  }

  private Stream<JsonNode> negotiateMethods(
      Platform platform,
      String intentId,
      Money amount,
      AgentCards.NegotiationAddress negotiationAddress) {
    var request =
        new Negotiation.Request(
            world.agent().value(),
            List.of(PaymentNeeded.METHOD_ID),
            amount.currency().getCurrencyCode(),
            amount.decimal());
    var answer =
        agentHttpClient.post(negotiationAddress.address(), intentId, Json.write(request), timeout);
    return methods(platform, AgentHttpClient.body(platform, answer));
  }

  /** Returns the methods of a document; it is empty when the document is another participant's. */
  private static Stream<JsonNode> methods(Platform platform, JsonNode document) {
    return document.path("agent_id").asString("").equals(platform.did().value())
        ? document
            .path("supported_methods")
            .valueStream()
            .filter(method -> method.path("method_id").asString("").equals(PaymentNeeded.METHOD_ID))
        : Stream.empty();
  }

  /**
   * Returns whether the payment service is the one that this agent knows, with both addresses on
   * that service (CID-5).
   */
  private boolean isOurs(JsonNode psp) {
    var base = world.psp().base() + "/";
    return psp.path("psp_id").asString("").equals(world.psp().did().value())
        && psp.path("endpoint").asString("").startsWith(base)
        && psp.path("method_schema_url").asString("").startsWith(base);
  }

  /**
   * Checks the method layer of a bill: it must be the seller's own, belong to this bill, and name
   * the payment service that this agent knows.
   *
   * @param needed decoded {@code Payment-Needed}
   * @throws ParticipantRefusal {@code bill_signature}, {@code method_unsupported}
   * @throws org.actsandbox.protocol.refusal.Refusal for a bad signature, or {@code bill_mismatch}
   */
  public void checkBill(Platform platform, JsonNode needed) {
    if (!MethodLayer.verify(needed, world.keys()).equals(platform.did())) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "bill_signature", "another participant signed the bill's method");
    }
    if (!isOurs(needed.path("method"))) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "method_unsupported", "the bill names another payment service");
    }
  }
}
