package org.actsandbox.agent.search;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.wire.Calls;
import org.actsandbox.agent.wire.Refused;
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
  private final Calls calls;
  private final AgentCards cards;
  private final Duration timeout;

  public MethodAgreement(AgentWorld world, Calls calls, AgentCards cards, Duration timeout) {
    this.world = world;
    this.calls = calls;
    this.cards = cards;
    this.timeout = timeout;
  }

  /**
   * @throws Refused {@code method_unsupported}: without a method there is no payment (CID-5)
   */
  public void agree(Platform platform, String intentId, Money amount) {
    var how = cards.negotiable(platform, intentId, timeout);
    var offered =
        how.twoWay()
            ? negotiated(platform, intentId, amount, how)
            : declared(platform, intentId, how);
    if (offered.noneMatch(this::isOurs)) {
      throw Refused.untrusted(
          platform.id(), "method_unsupported", "it takes no payment method this agent has");
    }
  }

  private Stream<JsonNode> declared(Platform platform, String intentId, AgentCards.Negotiable how) {
    var capability = Calls.body(platform, calls.get(how.address(), intentId, timeout));
    return methods(platform, capability).flatMap(method -> method.path("psps").valueStream());
  }

  private Stream<JsonNode> negotiated(
      Platform platform, String intentId, Money amount, AgentCards.Negotiable how) {
    var request =
        new Negotiation.Request(
            world.agent().value(),
            List.of(PaymentNeeded.METHOD_ID),
            amount.currency().getCurrencyCode(),
            amount.decimal());
    var answer = calls.post(how.address(), intentId, Json.write(request), timeout);
    return methods(platform, Calls.body(platform, answer));
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
   * @throws Refused {@code bill_signature}, {@code method_unsupported}
   * @throws org.actsandbox.protocol.refusal.Refusal of a signature, or {@code bill_mismatch}
   */
  public void billed(Platform platform, JsonNode needed) {
    if (!MethodLayer.verify(needed, world.keys()).equals(platform.did())) {
      throw Refused.untrusted(
          platform.id(), "bill_signature", "another participant signed the bill's method");
    }
    if (!isOurs(needed.path("method"))) {
      throw Refused.untrusted(
          platform.id(), "method_unsupported", "the bill names another payment service");
    }
  }
}
