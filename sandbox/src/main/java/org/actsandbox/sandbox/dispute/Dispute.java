package org.actsandbox.sandbox.dispute;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.DisputeOutcome;
import org.actsandbox.protocol.attestation.dispute.DisputeRefundState;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.dispute.judgement.DisputedPurchase;
import org.jspecify.annotations.Nullable;

/**
 * Represents a dispute as it is stored: purchase and claim never change, {@link Progress} does.
 *
 * @param signedClaim the JSON of {@code claim}, byte for byte
 */
public record Dispute(
    String disputeId,
    DisputedPurchase purchase,
    Claim claim,
    String signedClaim,
    Progress progress) {

  /**
   * Represents the changing part of a dispute.
   *
   * @param deadline until when evidence counts; null until it is requested
   * @param dueAt when the next step is due; null when there is none
   * @param attempts the number of attempts at the current step
   * @param finding the finding as signed JSON; null until it is decided
   */
  public record Progress(
      DisputeState state,
      @Nullable Instant deadline,
      @Nullable Instant dueAt,
      int attempts,
      @Nullable String finding,
      @Nullable DisputeOutcome outcome,
      Refund refund,
      @Nullable Instant closedAt) {}

  /**
   * Represents the refund that follows from the finding.
   *
   * @param ordered the amount that the finding orders to refund
   * @param paid the amount that the payment service refunded
   * @param problem the code of its refusal
   */
  public record Refund(
      DisputeRefundState state,
      @Nullable Money ordered,
      @Nullable Money paid,
      @Nullable String refundNo,
      @Nullable String problem) {

    static final Refund NONE = new Refund(DisputeRefundState.NONE, null, null, null, null);

    /**
     * @throws IllegalStateException for a transition that is not in the table
     */
    Refund moveTo(DisputeRefundState next) {
      if (!state.successors().contains(next)) {
        throw new IllegalStateException("no refund moves from " + state + " to " + next);
      }
      return new Refund(next, ordered, paid, refundNo, problem);
    }

    static Refund pending(Money amount) {
      return new Refund(NONE.moveTo(DisputeRefundState.PENDING).state(), amount, null, null, null);
    }

    Refund done(Money back, String number) {
      return new Refund(moveTo(DisputeRefundState.DONE).state(), ordered, back, number, null);
    }

    Refund refused(String code) {
      return new Refund(moveTo(DisputeRefundState.REFUSED).state(), ordered, null, null, code);
    }
  }

  static Dispute opened(DisputedPurchase disputedPurchase, Claim claim) {
    return new Dispute(
        claim.disputeId(),
        disputedPurchase,
        claim,
        Json.write(claim),
        new Progress(
            DisputeState.OPENED, null, claim.openedAt(), 0, null, null, Refund.NONE, null));
  }

  public DisputeState state() {
    return progress.state();
  }

  /** Returns the dispute after a failed attempt, with the next one at {@code due}. */
  Dispute retryAt(Instant due) {
    return with(
        new Progress(
            progress.state(),
            progress.deadline(),
            due,
            progress.attempts() + 1,
            progress.finding(),
            progress.outcome(),
            progress.refund(),
            progress.closedAt()));
  }

  /** Returns the dispute with the next step due at {@code due}; null for none. */
  Dispute dueAt(@Nullable Instant due) {
    return with(
        new Progress(
            progress.state(),
            progress.deadline(),
            due,
            progress.attempts(),
            progress.finding(),
            progress.outcome(),
            progress.refund(),
            progress.closedAt()));
  }

  Dispute requestEvidence(Instant at, Instant deadline) {
    return with(
        new Progress(
            next(DisputeState.EVIDENCE_REQUESTED), deadline, at, 0, null, null, Refund.NONE, null));
  }

  Dispute deciding(Instant at) {
    return with(
        new Progress(
            next(DisputeState.DECIDING),
            progress.deadline(),
            at,
            0,
            null,
            null,
            Refund.NONE,
            null));
  }

  Dispute decided(String finding, DisputeOutcome disputeOutcome, Refund refund, Instant at) {
    return with(
        new Progress(
            next(DisputeState.DECIDED),
            progress.deadline(),
            at,
            0,
            finding,
            disputeOutcome,
            refund,
            at));
  }

  Dispute withdrawn(Instant at) {
    return with(
        new Progress(
            next(DisputeState.WITHDRAWN),
            progress.deadline(),
            null,
            0,
            null,
            null,
            Refund.NONE,
            at));
  }

  /** Returns the dispute after one more attempt to refund and to notify. */
  Dispute refunded(Refund refund, @Nullable Instant due) {
    return with(
        new Progress(
            progress.state(),
            progress.deadline(),
            due,
            progress.attempts() + 1,
            progress.finding(),
            progress.outcome(),
            refund,
            progress.closedAt()));
  }

  /**
   * @throws Refusal {@code illegal_transition}
   */
  private DisputeState next(DisputeState next) {
    if (!progress.state().successors().contains(next)) {
      throw new Refusal(
              Problem.ILLEGAL_TRANSITION,
              "%s is %s, not to become %s"
                  .formatted(disputeId, progress.state().code(), next.code()))
          .at("state")
          .observed(progress.state().code());
    }
    return next;
  }

  /** Returns the ids that connect the journal entries of this dispute. */
  Map<String, String> journalIds() {
    var ids = new TreeMap<String, String>();
    ids.put(JournalIds.ORDER_NO, purchase.orderNo());
    ids.put(JournalIds.TRADE_NO, purchase.tradeNo());
    if (purchase.intentId() != null) {
      ids.put(JournalIds.INTENT_ID, purchase.intentId());
    }
    if (purchase.delegationId() != null) {
      ids.put(JournalIds.DELEGATION_ID, purchase.delegationId());
    }
    return ids;
  }

  private Dispute with(Progress next) {
    return new Dispute(disputeId, purchase, claim, signedClaim, next);
  }
}
