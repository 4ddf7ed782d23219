package org.actsandbox.sandbox.dispute.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.dispute.DisputeOutcome;
import org.actsandbox.protocol.attestation.dispute.Finding.Code;
import org.actsandbox.protocol.attestation.dispute.Finding.Reason;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Represents the decision of a dispute.
 *
 * @param refund the amount to refund; null for none
 */
public record Judgement(DisputeOutcome outcome, List<Reason> reasons, @Nullable Money refund) {

  public Judgement {
    reasons = List.copyOf(reasons);
  }

  static Judgement upheld(List<Reason> reasons, Money refund) {
    if (!refund.isZero()) {
      return new Judgement(DisputeOutcome.UPHELD, reasons, refund);
    }
    var more = new ArrayList<>(reasons);
    more.add(Reason.of(Code.NOTHING_LEFT_TO_REFUND, Map.of()));
    return new Judgement(DisputeOutcome.UPHELD, more, null);
  }

  static Judgement dismissed(Reason reason) {
    return new Judgement(DisputeOutcome.DISMISSED, List.of(reason), null);
  }

  /**
   * Ends a dispute without a winner, because the evidence cannot be verified and no party is to
   * blame.
   */
  public static Judgement inconclusive(List<Reason> reasons) {
    return new Judgement(DisputeOutcome.INCONCLUSIVE, reasons, null);
  }
}
