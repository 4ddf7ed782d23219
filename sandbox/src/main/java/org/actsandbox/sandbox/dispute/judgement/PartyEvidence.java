package org.actsandbox.sandbox.dispute.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.attestation.dispute.Finding.Code;
import org.actsandbox.protocol.attestation.dispute.Finding.Reason;
import org.actsandbox.protocol.identity.Did;

/**
 * Represents the evidence of one party: what of it counts, and what is held against the party (ACT
 * TSD-6).
 *
 * @param answered whether the party answered in time
 */
public record PartyEvidence(
    Did party,
    Party.Role role,
    boolean answered,
    List<ExaminedRecord> examined,
    Map<EvidenceDocument, String> documents) {

  public PartyEvidence {
    examined = List.copyOf(examined);
    documents = Map.copyOf(documents);
  }

  /** Returns the party's verified record of this purchase, if it offered one. */
  public Optional<OffChainRecord> record(EventType type) {
    return examined.stream()
        .filter(each -> each.against() == null && each.is(type))
        .flatMap(each -> Optional.ofNullable(each.record()).stream())
        .findFirst();
  }

  /**
   * Returns why there is no such record: the party's silence, or the faults of the records that it
   * offered.
   */
  public List<Reason> reasonsMissing(EventType type) {
    if (!answered) {
      return List.of(silence());
    }
    var reasons = new ArrayList<Reason>();
    for (var each : examined) {
      var code = each.against();
      if (code != null && (each.record() == null || each.is(type))) {
        reasons.add(new Reason(code, Map.of("party", party.name()), each.recordId()));
      }
    }
    return reasons.isEmpty()
        ? List.of(
            Reason.of(Code.RECORD_MISSING, Map.of("party", party.name(), "event", type.code())))
        : reasons;
  }

  /** Returns a document of the party whose digest is in one of its verified records. */
  public Optional<String> document(EvidenceDocument evidenceDocument) {
    var text = documents.get(evidenceDocument);
    return text != null
            && record(evidenceDocument.attestedBy())
                .filter(record -> attests(record, evidenceDocument, text))
                .isPresent()
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Returns why there is no such document. */
  public List<Reason> reasonsMissing(EvidenceDocument evidenceDocument) {
    if (record(evidenceDocument.attestedBy()).isEmpty()) {
      return reasonsMissing(evidenceDocument.attestedBy());
    }
    var code =
        documents.containsKey(evidenceDocument) ? Code.PAPER_NOT_ATTESTED : Code.PAPER_MISSING;
    return List.of(
        Reason.of(code, Map.of("party", party.name(), "paper", evidenceDocument.code())));
  }

  public Reason silence() {
    return Reason.of(Code.PARTY_SILENT, Map.of("party", party.name()));
  }

  private static boolean attests(
      OffChainRecord record, EvidenceDocument evidenceDocument, String text) {
    return evidenceDocument.isAttestedBy(record, evidenceDocument.digest(text));
  }
}
