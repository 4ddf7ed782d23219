package org.actsandbox.merchants.gate;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.PaymentProof.PresentedProof;
import org.actsandbox.protocol.a402.PaymentValidation;
import org.actsandbox.protocol.a402.PaymentValidation.DeliveryStatus;
import org.actsandbox.protocol.a402.PaymentValidation.FulfillmentStatus;
import org.actsandbox.protocol.a402.PaymentValidation.ValidationStatus;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.ErrorCategory;
import org.actsandbox.protocol.refusal.ErrorPhase;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code Payment-Validation}, which states payment, delivery and fulfilment as separate
 * facts (ACT A402-9).
 */
final class PaymentValidationHeader {

  private static final int MAX_ID = 256;

  private final String pspId;

  /**
   * @param psp the payment service that the method layer names
   */
  PaymentValidationHeader(Did psp) {
    this.pspId = psp.value();
  }

  /**
   * Returns the header for a delivered order.
   *
   * @throws IllegalStateException if the order is not delivered
   */
  String delivered(StoredOrder order, ResourceRequest request, Instant now) {
    var delivered = order.delivered();
    if (delivered == null) {
      throw new IllegalStateException(order.orderNo() + " is not delivered");
    }
    return encode(
        order,
        request,
        delivered.tradeNo(),
        ValidationStatus.VALID,
        DeliveryStatus.DELIVERED,
        delivered.fulfilment(),
        now,
        null);
  }

  /**
   * Returns the header for a good payment for which nothing can be delivered any more; the money
   * goes back.
   */
  String notDelivered(StoredOrder order, ResourceRequest request, String tradeNo, Instant now) {
    return encode(
        order,
        request,
        tradeNo,
        ValidationStatus.VALID,
        DeliveryStatus.FAILED,
        FulfillmentStatus.NOT_CONFIRMED,
        now,
        null);
  }

  /**
   * Returns the header for a proof that is invalid, or that cannot be judged now. If the proof
   * cannot be read, even the trade is unknown.
   *
   * @param presentedProof null if the proof could not be read
   */
  String refused(
      StoredOrder order,
      ResourceRequest request,
      @Nullable PresentedProof presentedProof,
      Refusal refusal,
      Instant now) {
    var error = ErrorBody.of(refusal, ErrorPhase.PROOF_VALIDATION);
    var status =
        error.category() == ErrorCategory.SYSTEM
            ? ValidationStatus.UNKNOWN
            : ValidationStatus.INVALID;
    var delivered = order.delivered();
    var tradeNo = presentedProof == null ? "" : presentedProof.tradeNo();
    return encode(
        order,
        request,
        tradeNo.isEmpty() || tradeNo.length() > MAX_ID ? "unknown" : tradeNo,
        status,
        delivered == null ? DeliveryStatus.NOT_STARTED : DeliveryStatus.DELIVERED,
        delivered == null ? FulfillmentStatus.NOT_CONFIRMED : delivered.fulfilment(),
        now,
        error);
  }

  private String encode(
      StoredOrder order,
      ResourceRequest request,
      String tradeNo,
      ValidationStatus validation,
      DeliveryStatus delivery,
      FulfillmentStatus fulfilment,
      Instant now,
      @Nullable ErrorBody error) {
    return A402Headers.encode(
        new PaymentValidation(
            new PaymentValidation.Facts(
                PaymentNeeded.METHOD_ID,
                PaymentNeeded.METHOD_VERSION,
                order.orderNo(),
                order.confirmed().resourceId(),
                tradeNo,
                request.fingerprint(),
                validation,
                delivery,
                fulfilment,
                order.transactionState(),
                now,
                error,
                null),
            Map.of("psp_id", pspId, "sandbox", true)));
  }
}
