package org.actsandbox.kit;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.PaymentValidation;
import org.actsandbox.protocol.a402.PaymentValidation.DeliveryStatus;
import org.actsandbox.protocol.a402.PaymentValidation.FulfillmentStatus;
import org.actsandbox.protocol.a402.PaymentValidation.ValidationStatus;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.ErrorPhase;
import org.jspecify.annotations.Nullable;

/**
 * Writes the header {@code Payment-Validation}, which states payment, delivery and fulfilment as
 * separate facts (A402-9).
 */
final class PaymentValidations {

  private final MerchantSettings settings;

  PaymentValidations(MerchantSettings settings) {
    this.settings = settings;
  }

  String delivered(VerifiedProof proof, String fingerprint, boolean confirmed, Instant now) {
    return encode(
        proof.outTradeNo(),
        proof.resourceId(),
        proof.tradeNo(),
        fingerprint,
        ValidationStatus.VALID,
        DeliveryStatus.DELIVERED,
        confirmed ? FulfillmentStatus.CONFIRMED : FulfillmentStatus.PENDING,
        TransactionState.WAIT_BUYER_RECEIPT,
        now,
        null);
  }

  /**
   * The payment is good, and nothing was delivered.
   *
   * @param forGood whether nothing will be; otherwise the same proof may be shown again
   */
  String undelivered(VerifiedProof proof, String fingerprint, boolean forGood, Instant now) {
    return encode(
        proof.outTradeNo(),
        proof.resourceId(),
        proof.tradeNo(),
        fingerprint,
        ValidationStatus.VALID,
        forGood ? DeliveryStatus.FAILED : DeliveryStatus.NOT_STARTED,
        FulfillmentStatus.NOT_CONFIRMED,
        TransactionState.WAIT_SELLER_FULFILLMENT,
        now,
        null);
  }

  /**
   * @param outTradeNo of the bill that stands beside it
   */
  String refused(
      String outTradeNo,
      String resourceId,
      String fingerprint,
      RequestRefusedException refused,
      Instant now) {
    var error = refused.error(ErrorPhase.PROOF_VALIDATION);
    return encode(
        outTradeNo,
        resourceId,
        "unknown",
        fingerprint,
        refused.isTemporary() ? ValidationStatus.UNKNOWN : ValidationStatus.INVALID,
        DeliveryStatus.NOT_STARTED,
        FulfillmentStatus.NOT_CONFIRMED,
        TransactionState.WAIT_BUYER_PAY,
        now,
        error);
  }

  private String encode(
      String outTradeNo,
      String resourceId,
      String tradeNo,
      String fingerprint,
      ValidationStatus validation,
      DeliveryStatus delivery,
      FulfillmentStatus fulfilment,
      TransactionState state,
      Instant now,
      @Nullable ErrorBody error) {
    return A402Headers.encode(
        new PaymentValidation(
            new PaymentValidation.Facts(
                PaymentNeeded.METHOD_ID,
                PaymentNeeded.METHOD_VERSION,
                outTradeNo,
                resourceId,
                tradeNo,
                fingerprint,
                validation,
                delivery,
                fulfilment,
                state,
                now,
                error,
                null),
            Map.of("psp_id", settings.paymentServiceDid(), "sandbox", true)));
  }
}
