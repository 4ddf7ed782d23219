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
 * A party as it was heard: what of its evidence counts, and what is held against it (ACT TSD-6).
 *
 * @param answered in time
 */
public record PartyEvidence(
    Did party,
    Party.Role role,
    boolean answered,
    List<ExaminedRecord> shown,
    Map<EvidenceDocument, String> papers) {

  public PartyEvidence {
    shown = List.copyOf(shown);
    papers = Map.copyOf(papers);
  }

  /** Its verified record of this purchase, if it has shown one. */
  public Optional<OffChainRecord> record(EventType type) {
    return shown.stream()
        .filter(each -> each.against() == null && each.is(type))
        .flatMap(each -> Optional.ofNullable(each.record()).stream())
        .findFirst();
  }

  /** Why there is no such record: silence, or what is wrong with what was shown instead. */
  public List<Reason> reasonsMissing(EventType type) {
    if (!answered) {
      return List.of(silence());
    }
    var reasons = new ArrayList<Reason>();
    for (var each : shown) {
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

  /** A paper that is what one of its verified records says it is. */
  public Optional<String> paper(EvidenceDocument evidenceDocument) {
    var text = papers.get(evidenceDocument);
    return text != null
            && record(evidenceDocument.attestedBy())
                .filter(record -> attests(record, evidenceDocument, text))
                .isPresent()
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Why there is no such paper. */
  public List<Reason> reasonsMissing(EvidenceDocument evidenceDocument) {
    if (record(evidenceDocument.attestedBy()).isEmpty()) {
      return reasonsMissing(evidenceDocument.attestedBy());
    }
    var code = papers.containsKey(evidenceDocument) ? Code.PAPER_NOT_ATTESTED : Code.PAPER_MISSING;
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
