package org.actsandbox.sandbox.delegation;

import java.util.EnumMap;
import java.util.Map;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.Evidence;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.attestation.dispute.Paper;
import org.actsandbox.protocol.attestation.dispute.Witness;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;

/** The delegation service's side of a dispute: the credential, and who confirmed it. */
final class Testimony {

  private static final ActComponent COMPONENT = ActComponent.TSD_ATT_DSP;

  private final DelegationWorld world;
  private final DelegationStore store;
  private final Witness witness;

  Testimony(DelegationWorld world, DelegationStore store) {
    this.world = world;
    this.store = store;
    this.witness =
        new Witness(
            Party.Role.DELEGATOR_AGENT,
            world.attestations(),
            world.keys(),
            world.signer(),
            world::now);
  }

  Evidence answer(byte[] request) {
    return witness.answer(request, this::testify);
  }

  private Witness.Testimony testify(EvidenceRequest request) {
    var id = request.delegationId();
    var found = id == null ? null : store.find(id).orElse(null);
    if (found == null) {
      return new Witness.Testimony("no_such_delegation", Map.of(), Map.of());
    }
    Map<Paper, String> papers = new EnumMap<>(Paper.class);
    papers.put(Paper.CREDENTIAL, found.credential());
    papers.put(Paper.AUTHORITY, found.approval());
    return new Witness.Testimony(
        "delegation_stands",
        Map.of(
            "delegation_id", found.delegationId(),
            "issued_at", found.issuedAt().toString(),
            "state", found.now().state().code(),
            "at", found.now().changedAt().toString()),
        papers);
  }

  void told(byte[] body) {
    var finding = witness.told(body);
    world.note(
        JournalNote.Kind.STATE,
        COMPONENT,
        "finding-received",
        Map.of(JournalIds.ORDER_NO, finding.orderNo()),
        Map.of("dispute_id", finding.disputeId(), "outcome", finding.outcome().code()));
  }
}
