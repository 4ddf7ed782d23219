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
 * Makes sure that payee and agent share the payment method, before anything is paid (ACT CID-4),
 * and that a bill is to be paid by it and nowhere else (CID-5).
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
   * @throws ParticipantRefusal {@code method_unsupported}: without a method there is no payment
   *     (CID-5)
   */
  public void agree(Platform platform, String intentId, Money amount) {
    var how = cards.negotiationAddress(platform, intentId, timeout);
    var offered =
        how.twoWay()
            ? negotiated(platform, intentId, amount, how)
            : declared(platform, intentId, how);
    if (offered.noneMatch(this::isOurs)) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "method_unsupported", "it takes no payment method this agent has");
    }
  }

  private Stream<JsonNode> declared(
      Platform platform, String intentId, AgentCards.NegotiationAddress how) {
    var capability =
        AgentHttpClient.body(platform, agentHttpClient.get(how.address(), intentId, timeout));
    return methods(platform, capability).flatMap(method -> method.path("psps").valueStream());
  }

  private Stream<JsonNode> negotiated(
      Platform platform, String intentId, Money amount, AgentCards.NegotiationAddress how) {
    var request =
        new Negotiation.Request(
            world.agent().value(),
            List.of(PaymentNeeded.METHOD_ID),
            amount.currency().getCurrencyCode(),
            amount.decimal());
    var answer = agentHttpClient.post(how.address(), intentId, Json.write(request), timeout);
    return methods(platform, AgentHttpClient.body(platform, answer));
  }

  /** None of a document that is another participant's. */
  private static Stream<JsonNode> methods(Platform platform, JsonNode document) {
    return document.path("agent_id").asString("").equals(platform.did().value())
        ? document
            .path("supported_methods")
            .valueStream()
            .filter(method -> method.path("method_id").asString("").equals(PaymentNeeded.METHOD_ID))
        : Stream.empty();
  }

  /** The payment service is the one this agent knows, and both addresses are its own (CID-5). */
  private boolean isOurs(JsonNode psp) {
    var base = world.psp().base() + "/";
    return psp.path("psp_id").asString("").equals(world.psp().did().value())
        && psp.path("endpoint").asString("").startsWith(base)
        && psp.path("method_schema_url").asString("").startsWith(base);
  }

  /**
   * The method layer of a bill is the seller's own, belongs to this bill, and names the payment
   * service this agent knows.
   *
   * @param needed decoded {@code Payment-Needed}
   * @throws ParticipantRefusal {@code bill_signature}, {@code method_unsupported}
   * @throws org.actsandbox.protocol.refusal.Refusal of a signature, or {@code bill_mismatch}
   */
  public void billed(Platform platform, JsonNode needed) {
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
