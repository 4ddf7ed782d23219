package org.actsandbox.sandbox.dispute.judgement;

import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.KeyHistory;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.Finding.Code;
import org.actsandbox.protocol.attestation.dispute.Finding.Reason;
import org.actsandbox.protocol.money.Money;

/**
 * All that is known when a dispute is decided.
 *
 * @param left what can still go back
 * @param keys which keys were good when
 */
public record CaseFile(
    DisputedPurchase matter,
    Claim claim,
    List<PartyEvidence> parties,
    Money left,
    KeyHistory keys) {

  public CaseFile {
    parties = List.copyOf(parties);
  }

  /** Whoever was not asked has not answered. */
  PartyEvidence evidenceOf(Party.Role role) {
    return parties.stream()
        .filter(each -> each.role() == role)
        .findFirst()
        .orElseGet(() -> new PartyEvidence(matter.agent(), role, false, List.of(), Map.of()));
  }

  /** Everything that was paid and has not gone back yet. */
  Judgement upheld(List<Reason> reasons) {
    return Judgement.upheld(reasons, left);
  }

  /** A part of it. */
  Judgement upheld(List<Reason> reasons, Money back) {
    return Judgement.upheld(reasons, back.moreThan(left) ? left : back);
  }

  static Reason reason(Code code, String name, String value) {
    return Reason.of(code, Map.of(name, value));
  }
}
