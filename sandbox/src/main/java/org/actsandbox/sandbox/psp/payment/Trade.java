package org.actsandbox.sandbox.psp.payment;

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
 * A payment as it is stored: what was asked never changes, {@link Progress} does.
 *
 * @param digest of the agent's request, for idempotency
 */
public record Trade(
    String tradeNo,
    String digest,
    Asked asked,
    Instant createdAt,
    Instant expiresAt,
    Progress now) {

  /**
   * What the agent asked for and the payee billed.
   *
   * @param principal who pays: the purse's owner, who alone may approve
   */
  public record Asked(
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
   * What a payment that rests on a delegation adds.
   *
   * @param mode SPECIFIED for directed, BOUNDED for autonomous payments
   * @param goods the lines of the payee's signed order, in mode SPECIFIED
   */
  public record Delegated(
      String delegationId,
      DelegationMode mode,
      @Nullable Instant fulfilmentAt,
      @Nullable List<Order.Line> goods) {}

  /** What of the bill the payment goes on with. */
  public record Bill(
      Did payee,
      String orderNo,
      String resourceId,
      String requestMethod,
      String fingerprint,
      @Nullable String idempotencyKey) {}

  /**
   * @param decidedAt when the principal approved or declined, or the payment ended without
   * @param paid present once paid
   */
  public record Progress(
      PaymentStatus status,
      TransactionState state,
      @Nullable Problem failure,
      @Nullable Instant decidedAt,
      @Nullable Paid paid,
      Money refunded,
      @Nullable String deliveryDigest) {}

  /**
   * @param approval the principal's signed approval, as evidence
   */
  public record Paid(String approval, String approvalDigest, String proof, Instant proofExpiresAt) {

    /** Whether nobody was asked; the evidence says so itself. */
    public boolean byDelegation() {
      return Json.parse(approval).path("method").asString("").equals("delegation");
    }
  }

  public boolean waits() {
    return now.status() == PaymentStatus.WAITING_FOR_APPROVAL;
  }

  /** Waits, but nobody may approve it any more. */
  public boolean isOverdue(Instant at) {
    return waits() && !at.isBefore(expiresAt);
  }

  public Trade pay(Paid paid, Instant at) {
    return with(
        new Progress(
            PaymentStatus.PAID,
            now.state().move(TradeEvent.PAYMENT_VALIDATED),
            null,
            at,
            paid,
            now.refunded(),
            null));
  }

  /** Ends without money moved. */
  public Trade end(PaymentStatus status, @Nullable Problem failure, Instant at) {
    return with(
        new Progress(
            status,
            now.state().move(TradeEvent.PAYMENT_TERMINATED),
            failure,
            at,
            null,
            now.refunded(),
            null));
  }

  public Trade deliver(String deliveryDigest) {
    return with(
        new Progress(
            now.status(),
            now.state().move(TradeEvent.DELIVERY_COMMITTED).move(TradeEvent.FULFILLMENT_CONFIRMED),
            null,
            now.decidedAt(),
            now.paid(),
            now.refunded(),
            deliveryDigest));
  }

  /** A full refund before the trade is finished closes it; a finished one stays finished. */
  public Trade refund(Money more) {
    var total = now.refunded().plus(more);
    boolean closes = total.equals(asked.amount()) && !now.state().isFinal();
    return with(
        new Progress(
            now.status(),
            closes ? now.state().move(TradeEvent.COMPENSATION_COMPLETED) : now.state(),
            null,
            now.decidedAt(),
            now.paid(),
            total,
            now.deliveryDigest()));
  }

  /** What ties journal entries about it together. */
  public Map<String, String> journalIds() {
    var ids = new TreeMap<String, String>();
    ids.put(JournalIds.TRADE_NO, tradeNo);
    ids.put(JournalIds.ORDER_NO, asked.bill().orderNo());
    ids.put(JournalIds.RESOURCE_ID, asked.bill().resourceId());
    if (asked.intentId() != null) {
      ids.put(JournalIds.INTENT_ID, asked.intentId());
    }
    if (asked.delegated() != null) {
      ids.put(JournalIds.DELEGATION_ID, asked.delegated().delegationId());
    }
    return ids;
  }

  private Trade with(Progress next) {
    return new Trade(tradeNo, digest, asked, createdAt, expiresAt, next);
  }
}
