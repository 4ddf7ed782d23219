package org.actsandbox.sandbox.delegation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Links;
import org.actsandbox.protocol.attestation.Occurrence;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the delegation service attests in the principal's name (ACT TSD-1). To be called within the
 * transaction of the event.
 */
final class AttestedDelegations {

  private final DelegationWorld world;

  AttestedDelegations(DelegationWorld world) {
    this.world = world;
  }

  /** The principal has confirmed; the wish itself stays in the intent. */
  void intentCreated(Intent intent, Instant at) {
    var body = Json.object();
    body.put("isr_digest", intent.isrDigest());
    happened(
        EventType.INTENT_CREATED,
        at,
        new Links(intent.intentId(), intent.delegationId(), null, null),
        new Sides(intent.principal(), intent.agent()),
        body);
  }

  void issued(Delegation issued, Iac iac) {
    var body = Json.object();
    body.put("iac_digest", iac.digest());
    body.put(
        "approval_digest", Fingerprint.digest(issued.approval().getBytes(StandardCharsets.UTF_8)));
    body.put("mode", issued.mode().name());
    body.put("valid_until", issued.validUntil().toString());
    happened(EventType.DELEGATION_ISSUED, issued.issuedAt(), links(issued), sides(issued), body);
  }

  void moved(Delegation before, Delegation after) {
    var now = after.now();
    var body = Json.object();
    body.put("from", before.now().state().code());
    body.put("to", now.state().code());
    body.put("by", now.by());
    var reason = now.reason();
    if (reason != null) {
      // Free text of a person: it may say anything.
      body.put("reason_digest", Fingerprint.digest(reason.getBytes(StandardCharsets.UTF_8)));
    }
    happened(event(now.state()), now.changedAt(), links(after), sides(after), body);
  }

  private static EventType event(DelegationState state) {
    return switch (state) {
      case ACTIVE -> EventType.DELEGATION_RESUMED;
      case SUSPENDED -> EventType.DELEGATION_SUSPENDED;
      case REVOKED -> EventType.DELEGATION_REVOKED;
      case EXPIRED -> EventType.DELEGATION_EXPIRED;
    };
  }

  private static Links links(Delegation delegation) {
    return new Links(delegation.intentId(), delegation.delegationId(), null, null);
  }

  /** Who gives the authority, and who gets it. */
  private record Sides(Did principal, Did agent) {}

  private static Sides sides(Delegation delegation) {
    return new Sides(delegation.principal(), delegation.agent());
  }

  private void happened(EventType type, Instant at, Links links, Sides sides, ObjectNode body) {
    world
        .attestations()
        .happened(
            new Occurrence(
                type,
                at,
                links,
                List.of(
                    new Party(world.did(), Party.Role.DELEGATOR_AGENT, sides.principal()),
                    Party.of(sides.agent(), Party.Role.PAYER_AGENT)),
                body));
  }
}
