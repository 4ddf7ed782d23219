package org.actsandbox.protocol.payment;

import java.time.Instant;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Groups the smaller messages between merchant and PSP. {@code SignedJson} defines the signatures
 * of those that are signed.
 */
public final class PspMessages {

  private PspMessages() {}

  /**
   * The question to the PSP whether a proof is valid, as an online alternative to offline
   * verification with the key set.
   */
  public record ProofQuery(String paymentProof, String tradeNo) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("payment_proof", paymentProof, ProofCodec.MAX_LENGTH);
      mistakes.text("trade_no", tradeNo, 64);
    }
  }

  /**
   * The PSP's answer about a proof.
   *
   * @param active whether the trade is paid, not fully refunded, and the proof not expired
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

  /** The merchant's message to the PSP that it delivered (A402-7). */
  public record FulfilmentConfirmation(
      String requestId,
      String tradeNo,
      String outTradeNo,
      String resourceId,
      Instant deliveredAt,
      String deliveryDigest,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("request_id", requestId, 64);
      mistakes.text("trade_no", tradeNo, 64);
      mistakes.text("out_trade_no", outTradeNo, 64);
      mistakes.text("resource_id", resourceId, 256);
      mistakes.moment("delivered_at", deliveredAt);
      mistakes.text("delivery_digest", deliveryDigest, 128);
    }
  }

  /**
   * The merchant's order to the PSP to pay back all or a part of a payment.
   *
   * @param refundRequestId the merchant's number; the same one again is answered with the same
   *     refund
   */
  public record RefundRequest(
      String refundRequestId,
      String tradeNo,
      String amount,
      String currency,
      String reason,
      Instant timestamp,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("refund_request_id", refundRequestId, 64);
      mistakes.text("trade_no", tradeNo, 64);
      mistakes.text("reason", reason, 256);
      mistakes.money("amount", amount, currency);
    }
  }

  /**
   * The PSP's answer about a refund.
   *
   * @param amount what this refund paid back
   * @param refundedTotal the sum of all refunds of the payment so far
   */
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
   * The PSP's message to a merchant about a payment (PSD-8). The merchant acknowledges it with 2xx;
   * otherwise the PSP sends it again after growing pauses.
   *
   * @param event payment_succeeded | payment_closed | refund_succeeded
   * @param amount amount of the payment; for a refund, the sum of all refunds so far
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
