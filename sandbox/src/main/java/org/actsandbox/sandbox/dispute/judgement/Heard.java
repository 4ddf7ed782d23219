package org.actsandbox.sandbox.dispute.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.Finding.Code;
import org.actsandbox.protocol.attestation.dispute.Finding.Reason;
import org.actsandbox.protocol.attestation.dispute.Paper;
import org.actsandbox.protocol.identity.Did;

/**
 * A party as it was heard: what of its evidence counts, and what is held against it (ACT TSD-6).
 *
 * @param answered in time
 */
public record Heard(
    Did party, Party.Role role, boolean answered, List<Shown> shown, Map<Paper, String> papers) {

  public Heard {
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
  public List<Reason> lacks(EventType type) {
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
  public Optional<String> paper(Paper paper) {
    var text = papers.get(paper);
    return text != null
            && record(paper.attestedBy()).filter(record -> attests(record, paper, text)).isPresent()
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Why there is no such paper. */
  public List<Reason> lacks(Paper paper) {
    if (record(paper.attestedBy()).isEmpty()) {
      return lacks(paper.attestedBy());
    }
    var code = papers.containsKey(paper) ? Code.PAPER_NOT_ATTESTED : Code.PAPER_MISSING;
    return List.of(Reason.of(code, Map.of("party", party.name(), "paper", paper.code())));
  }

  public Reason silence() {
    return Reason.of(Code.PARTY_SILENT, Map.of("party", party.name()));
  }

  private static boolean attests(OffChainRecord record, Paper paper, String text) {
    return paper.isAttestedBy(record, paper.digest(text));
  }
}
