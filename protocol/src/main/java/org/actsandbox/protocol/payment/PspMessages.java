package org.actsandbox.protocol.payment;

import java.time.Instant;
import org.actsandbox.protocol.a402.TransactionState;
import org.jspecify.annotations.Nullable;

/**
 * The smaller messages between merchant and PSP; each is signed by its sender as {@code SignedJson}
 * says.
 */
public final class PspMessages {

  private PspMessages() {}

  /** Asks the PSP whether a proof is good: the online way beside the key set. */
  public record ProofQuery(String paymentProof, String tradeNo) {}

  /**
   * @param active paid, not refunded in full, not expired
   */
  public record ProofAnswer(
      boolean active,
      String tradeNo,
      String outTradeNo,
      String resourceId,
      String amount,
      String currency,
      Instant checkedAt,
      TransactionState transactionState) {}

  /** The merchant delivered (A402-7). */
  public record FulfilmentConfirmation(
      String requestId,
      String tradeNo,
      String outTradeNo,
      String resourceId,
      Instant deliveredAt,
      String deliveryDigest,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent) {}

  public record RefundRequest(
      String refundRequestId,
      String tradeNo,
      String amount,
      String currency,
      String reason,
      Instant timestamp,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent) {}

  public record Refund(
      String refundRequestId,
      String refundNo,
      String tradeNo,
      String amount,
      String currency,
      String refundedTotal,
      TransactionState transactionState,
      Instant refundedAt) {}

  /**
   * PSP to merchant (PSD-8); acknowledged by 2xx, else sent again with growing pauses.
   *
   * @param event payment_succeeded | payment_closed | refund_succeeded
   * @param amount of the payment; of a refund, all that went back so far
   */
  public record Notification(
      String notificationId,
      String event,
      String tradeNo,
      String outTradeNo,
      String resourceId,
      String amount,
      String currency,
      TransactionState transactionState,
      Instant occurredAt,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent) {}
}
