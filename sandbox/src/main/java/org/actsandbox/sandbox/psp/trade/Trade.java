package org.actsandbox.sandbox.psp.trade;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Represents a payment as it is stored: its terms never change, its {@link Progress} does.
 *
 * @param digest the digest of the agent's request, for idempotency
 */
public record Trade(
    String tradeNo,
    String digest,
    Trade.PaymentTerms terms,
    Instant createdAt,
    Instant expiresAt,
    Progress progress) {

  /**
   * Holds what the agent asked for and the payee billed.
   *
   * @param principal the owner of the payment source, the only one that may approve
   */
  public record PaymentTerms(
      String requestId,
      Did agent,
      Did principal,
      @Nullable String intentId,
      Bill bill,
      Money amount,
      String instrumentRef,
      String account,
      String label,
      @Nullable String description,
      @Nullable Delegated delegated) {}

  /**
   * Holds the additional terms of a payment that rests on a delegation.
   *
   * @param mode SPECIFIED for directed, BOUNDED for autonomous payments
   * @param goods the lines of the payee's signed order, in mode SPECIFIED
   */
  public record Delegated(
      String delegationId,
      DelegationMode mode,
      @Nullable Instant fulfilmentAt,
      @Nullable List<Order.Line> goods) {}

  /** Holds the fields of the bill that the payment needs later. */
  public record Bill(
      Did payee,
      String orderNo,
      String resourceId,
      String requestMethod,
      String fingerprint,
      @Nullable String idempotencyKey) {}

  /**
   * Represents the changing part of a payment.
   *
   * @param decidedAt when the principal approved or declined, or the payment ended without a
   *     decision
   * @param paid present once the payment is made
   */
  public record Progress(
      PaymentStatus status,
      TransactionState state,
      @Nullable Problem failure,
      @Nullable Instant decidedAt,
      @Nullable Paid paid,
      Money refunded,
      @Nullable String deliveryDigest) {

    /** Returns the progress of a payment of which nothing has happened but the request. */
    public static Progress waiting(Money amount) {
      return new Progress(
          PaymentStatus.WAITING_FOR_APPROVAL,
          TransactionState.CREATE.move(TradeEvent.PAYMENT_NEEDED_ISSUED),
          null,
          null,
          null,
          Money.zero(amount.currency()),
          null);
    }
  }

  /**
   * Holds the evidence and the proof of a payment that was made.
   *
   * @param approval the signed evidence of the approval or of the delegation
   */
  public record Paid(String approval, String approvalDigest, String proof, Instant proofExpiresAt) {

    /**
     * Tells whether the payment was made without asking the principal; the evidence itself says so.
     */
    public boolean byDelegation() {
      return Json.member(approval, "method").filter("delegation"::equals).isPresent();
    }
  }

  public boolean isWaiting() {
    return progress.status() == PaymentStatus.WAITING_FOR_APPROVAL;
  }

  /** Tells whether the payment still waits although its time for approval is over. */
  public boolean isOverdue(Instant at) {
    return isWaiting() && !at.isBefore(expiresAt);
  }

  public Trade pay(Paid paid, Instant at) {
    return with(
        new Progress(
            PaymentStatus.PAID,
            progress.state().move(TradeEvent.PAYMENT_VALIDATED),
            null,
            at,
            paid,
            progress.refunded(),
            null));
  }

  /** Returns the trade ended without money moved. */
  public Trade end(PaymentStatus status, @Nullable Problem failure, Instant at) {
    return with(
        new Progress(
            status,
            progress.state().move(TradeEvent.PAYMENT_TERMINATED),
            failure,
            at,
            null,
            progress.refunded(),
            null));
  }

  public Trade deliver(String deliveryDigest) {
    return with(
        new Progress(
            progress.status(),
            progress
                .state()
                .move(TradeEvent.DELIVERY_COMMITTED)
                .move(TradeEvent.FULFILLMENT_CONFIRMED),
            null,
            progress.decidedAt(),
            progress.paid(),
            progress.refunded(),
            deliveryDigest));
  }

  /**
   * Returns the trade with a refund added. A full refund before the trade is finished closes it; a
   * finished one stays finished.
   */
  public Trade refund(Money more) {
    var total = progress.refunded().plus(more);
    boolean closes = total.equals(terms.amount()) && !progress.state().isFinal();
    return with(
        new Progress(
            progress.status(),
            closes ? progress.state().move(TradeEvent.COMPENSATION_COMPLETED) : progress.state(),
            null,
            progress.decidedAt(),
            progress.paid(),
            total,
            progress.deliveryDigest()));
  }

  /** Returns the ids that connect the journal entries of this trade. */
  public Map<String, String> journalIds() {
    var ids = new TreeMap<String, String>();
    ids.put(JournalIds.TRADE_NO, tradeNo);
    ids.put(JournalIds.ORDER_NO, terms.bill().orderNo());
    ids.put(JournalIds.RESOURCE_ID, terms.bill().resourceId());
    if (terms.intentId() != null) {
      ids.put(JournalIds.INTENT_ID, terms.intentId());
    }
    if (terms.delegated() != null) {
      ids.put(JournalIds.DELEGATION_ID, terms.delegated().delegationId());
    }
    return ids;
  }

  private Trade with(Progress next) {
    return new Trade(tradeNo, digest, terms, createdAt, expiresAt, next);
  }
}
