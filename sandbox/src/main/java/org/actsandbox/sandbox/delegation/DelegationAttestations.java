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
 * Reports the delegation service's attestation events in the principal's name (ACT TSD-1). The
 * methods must be called within the transaction of the event.
 */
final class DelegationAttestations {

  private final DelegationWorld world;

  DelegationAttestations(DelegationWorld world) {
    this.world = world;
  }

  /** Reports that the principal confirmed an intent; only its digest is recorded. */
  void intentCreated(DelegationIntent delegationIntent, Instant at) {
    var body = Json.object();
    body.put("isr_digest", delegationIntent.isrDigest());
    report(
        EventType.INTENT_CREATED,
        at,
        new RecordLinks(delegationIntent.intentId(), delegationIntent.delegationId(), null, null),
        new Parties(delegationIntent.principal(), delegationIntent.agent()),
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
    report(EventType.DELEGATION_ISSUED, issued.issuedAt(), links(issued), parties(issued), body);
  }

  void stateChanged(Delegation before, Delegation after) {
    var current = after.current();
    var body = Json.object();
    body.put("from", before.current().state().code());
    body.put("to", current.state().code());
    body.put("by", current.by());
    var reason = current.reason();
    if (reason != null) {
      // The reason is a person's free text, so only its digest is recorded.
      body.put("reason_digest", RequestFingerprint.digest(reason.getBytes(StandardCharsets.UTF_8)));
    }
    report(event(current.state()), current.changedAt(), links(after), parties(after), body);
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

  /** Holds the principal that gives the authority and the agent that gets it. */
  private record Parties(Did principal, Did agent) {}

  private static Parties parties(Delegation delegation) {
    return new Parties(delegation.principal(), delegation.agent());
  }

  private void report(
      EventType type, Instant at, RecordLinks recordLinks, Parties parties, ObjectNode body) {
    world
        .attestations()
        .report(
            new AttestationEvent(
                type,
                at,
                recordLinks,
                List.of(
                    new Party(world.did(), Party.Role.DELEGATOR_AGENT, parties.principal()),
                    Party.of(parties.agent(), Party.Role.PAYER_AGENT)),
                body));
  }
}
