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
 * Represents everything that is known when a dispute is decided.
 *
 * @param refundable the amount that can still be refunded
 * @param cartless whether the merchant sold without a cart, so that its signed bill is the order
 * @param keys the participants' keys and when each was valid
 */
public record CaseFile(
    DisputedPurchase purchase,
    Claim claim,
    List<PartyEvidence> parties,
    Money refundable,
    boolean cartless,
    KeyHistory keys) {

  public CaseFile {
    parties = List.copyOf(parties);
  }

  /** Returns the evidence of a role; a party that was not asked counts as silent. */
  PartyEvidence evidenceOf(Party.Role role) {
    return parties.stream()
        .filter(each -> each.role() == role)
        .findFirst()
        .orElseGet(() -> new PartyEvidence(purchase.agent(), role, false, List.of(), Map.of()));
  }

  /** Upholds the claim with a refund of everything that can still be refunded. */
  Judgement upheld(List<Reason> reasons) {
    return Judgement.upheld(reasons, refundable);
  }

  /** Upholds the claim with a refund of {@code amount}, at most of what can still be refunded. */
  Judgement upheld(List<Reason> reasons, Money amount) {
    return Judgement.upheld(reasons, amount.moreThan(refundable) ? refundable : amount);
  }

  static Reason reason(Code code, String name, String value) {
    return Reason.of(code, Map.of(name, value));
  }
}
