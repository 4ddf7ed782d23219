package org.actsandbox.sandbox.delegation;

import java.util.EnumMap;
import java.util.Map;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.attestation.dispute.EvidenceResponder;
import org.actsandbox.protocol.attestation.dispute.EvidenceResponse;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;

/**
 * Answers the dispute service for the delegation service with the credential and the principal's
 * approval.
 */
final class DelegationEvidence {

  private final DelegationWorld world;
  private final DelegationStore store;
  private final EvidenceResponder evidenceResponder;

  DelegationEvidence(DelegationWorld world, DelegationStore store) {
    this.world = world;
    this.store = store;
    this.evidenceResponder =
        new EvidenceResponder(
            Party.Role.DELEGATOR_AGENT,
            world.attestations(),
            world.keys(),
            world::signer,
            world::now);
  }

  EvidenceResponse answer(byte[] request) {
    return evidenceResponder.answer(request, this::testify);
  }

  private EvidenceResponder.Testimony testify(EvidenceRequest request) {
    var id = request.delegationId();
    var found = id == null ? null : store.find(id).orElse(null);
    if (found == null) {
      return new EvidenceResponder.Testimony("no_such_delegation", Map.of(), Map.of());
    }
    Map<EvidenceDocument, String> evidenceDocuments = new EnumMap<>(EvidenceDocument.class);
    evidenceDocuments.put(EvidenceDocument.CREDENTIAL, found.credential());
    evidenceDocuments.put(EvidenceDocument.AUTHORITY, found.approval());
    return new EvidenceResponder.Testimony(
        "delegation_stands",
        Map.of(
            "delegation_id", found.delegationId(),
            "issued_at", found.issuedAt().toString(),
            "state", found.current().state().code(),
            "at", found.current().changedAt().toString()),
        evidenceDocuments);
  }

  void receiveFinding(byte[] body) {
    var finding = evidenceResponder.receiveFinding(body);
    world.note(
        JournalNote.Kind.STATE,
        JournalEvent.FINDING_RECEIVED,
        Map.of(JournalIds.ORDER_NO, finding.orderNo()),
        Map.of("dispute_id", finding.disputeId(), "outcome", finding.outcome().code()));
  }
}
