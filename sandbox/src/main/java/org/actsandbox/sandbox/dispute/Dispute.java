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
 * A dispute as it is stored: matter and claim never change, {@link Progress} does.
 *
 * @param signedClaim the JSON of {@code claim}, byte for byte
 */
public record Dispute(
    String disputeId, DisputedPurchase matter, Claim claim, String signedClaim, Progress now) {

  /**
   * @param deadline until when evidence counts; null until it was asked for
   * @param dueAt when something is to be done about it next; null when nothing is
   * @param attempts at what is being done
   * @param finding signed JSON, once decided
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
   * @param ordered what the finding says goes back
   * @param paid what the payment service gave back
   * @param problem why it refused
   */
  public record Refund(
      DisputeRefundState state,
      @Nullable Money ordered,
      @Nullable Money paid,
      @Nullable String refundNo,
      @Nullable String problem) {

    static final Refund NONE = new Refund(DisputeRefundState.NONE, null, null, null, null);

    /**
     * @throws IllegalStateException for a move that is not in the table
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
    return now.state();
  }

  /** Tried without success: again at {@code due}. */
  Dispute retryAt(Instant due) {
    return with(
        new Progress(
            now.state(),
            now.deadline(),
            due,
            now.attempts() + 1,
            now.finding(),
            now.outcome(),
            now.refund(),
            now.closedAt()));
  }

  /** Something to do at once. */
  Dispute dueAt(@Nullable Instant due) {
    return with(
        new Progress(
            now.state(),
            now.deadline(),
            due,
            now.attempts(),
            now.finding(),
            now.outcome(),
            now.refund(),
            now.closedAt()));
  }

  Dispute asked(Instant at, Instant deadline) {
    return with(
        new Progress(
            next(DisputeState.EVIDENCE_REQUESTED), deadline, at, 0, null, null, Refund.NONE, null));
  }

  Dispute deciding(Instant at) {
    return with(
        new Progress(
            next(DisputeState.DECIDING), now.deadline(), at, 0, null, null, Refund.NONE, null));
  }

  Dispute decided(String finding, DisputeOutcome disputeOutcome, Refund refund, Instant at) {
    return with(
        new Progress(
            next(DisputeState.DECIDED),
            now.deadline(),
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
            next(DisputeState.WITHDRAWN), now.deadline(), null, 0, null, null, Refund.NONE, at));
  }

  /** After one more attempt at what follows from the finding. */
  Dispute refunded(Refund refund, @Nullable Instant due) {
    return with(
        new Progress(
            now.state(),
            now.deadline(),
            due,
            now.attempts() + 1,
            now.finding(),
            now.outcome(),
            refund,
            now.closedAt()));
  }

  /**
   * @throws Refusal {@code illegal_transition}
   */
  private DisputeState next(DisputeState next) {
    if (!now.state().successors().contains(next)) {
      throw new Refusal(
              Problem.ILLEGAL_TRANSITION,
              "%s is %s, not to become %s".formatted(disputeId, now.state().code(), next.code()))
          .at("state")
          .observed(now.state().code());
    }
    return next;
  }

  /** What ties journal entries about it together. */
  Map<String, String> journalIds() {
    var ids = new TreeMap<String, String>();
    ids.put(JournalIds.ORDER_NO, matter.orderNo());
    ids.put(JournalIds.TRADE_NO, matter.tradeNo());
    if (matter.intentId() != null) {
      ids.put(JournalIds.INTENT_ID, matter.intentId());
    }
    if (matter.delegationId() != null) {
      ids.put(JournalIds.DELEGATION_ID, matter.delegationId());
    }
    return ids;
  }

  private Dispute with(Progress next) {
    return new Dispute(disputeId, matter, claim, signedClaim, next);
  }
}
