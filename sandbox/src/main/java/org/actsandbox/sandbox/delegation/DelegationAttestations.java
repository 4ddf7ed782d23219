package org.actsandbox.sandbox.delegation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the delegation service attests in the principal's name (ACT TSD-1). To be called within the
 * transaction of the event.
 */
final class DelegationAttestations {

  private final DelegationWorld world;

  DelegationAttestations(DelegationWorld world) {
    this.world = world;
  }

  /** The principal has confirmed; the wish itself stays in the intent. */
  void intentCreated(DelegationIntent delegationIntent, Instant at) {
    var body = Json.object();
    body.put("isr_digest", delegationIntent.isrDigest());
    happened(
        EventType.INTENT_CREATED,
        at,
        new RecordLinks(delegationIntent.intentId(), delegationIntent.delegationId(), null, null),
        new Sides(delegationIntent.principal(), delegationIntent.agent()),
        body);
  }

  void issued(Delegation issued, Iac iac) {
    var body = Json.object();
    body.put("iac_digest", iac.digest());
    body.put(
        "approval_digest",
        RequestFingerprint.digest(issued.approval().getBytes(StandardCharsets.UTF_8)));
    body.put("mode", issued.mode().name());
    body.put("valid_until", issued.validUntil().toString());
    happened(EventType.DELEGATION_ISSUED, issued.issuedAt(), links(issued), sides(issued), body);
  }

  void stateChanged(Delegation before, Delegation after) {
    var now = after.now();
    var body = Json.object();
    body.put("from", before.now().state().code());
    body.put("to", now.state().code());
    body.put("by", now.by());
    var reason = now.reason();
    if (reason != null) {
      // Free text of a person: it may say anything.
      body.put("reason_digest", RequestFingerprint.digest(reason.getBytes(StandardCharsets.UTF_8)));
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

  private static RecordLinks links(Delegation delegation) {
    return new RecordLinks(delegation.intentId(), delegation.delegationId(), null, null);
  }

  /** Who gives the authority, and who gets it. */
  private record Sides(Did principal, Did agent) {}

  private static Sides sides(Delegation delegation) {
    return new Sides(delegation.principal(), delegation.agent());
  }

  private void happened(
      EventType type, Instant at, RecordLinks recordLinks, Sides sides, ObjectNode body) {
    world
        .attestations()
        .report(
            new AttestationEvent(
                type,
                at,
                recordLinks,
                List.of(
                    new Party(world.did(), Party.Role.DELEGATOR_AGENT, sides.principal()),
                    Party.of(sides.agent(), Party.Role.PAYER_AGENT)),
                body));
  }
}
