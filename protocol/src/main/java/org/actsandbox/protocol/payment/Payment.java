package org.actsandbox.protocol.payment;

import java.time.Instant;
import org.actsandbox.protocol.a402.PaymentProof;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.jspecify.annotations.Nullable;

/**
 * A payment as the PSP shows it to its parties.
 *
 * @param cashierUrl address at which the principal approves; the agent may pass it on, but must not
 *     open it for the principal
 * @param proof present after payment, for the requesting agent only
 * @param error present if the payment was declined, timed out or failed
 * @param delegationId the delegation of a payment that the principal did not approve individually
 */
public record Payment(
    String tradeNo,
    String requestId,
    String merchantOrderNo,
    String resourceId,
    String payee,
    String amount,
    String currency,
    PaymentStatus status,
    TransactionState transactionState,
    Instant createdAt,
    Instant expiresAt,
    @Nullable String cashierUrl,
    @Nullable Approval approval,
    @Nullable PaymentProof proof,
    @Nullable ErrorBody error,
    @Nullable String refunded,
    @Nullable String delegationId) {

  /** Returns the payment with the cashier's address as the caller reaches it. */
  public Payment seenFrom(CallerAddress address) {
    return cashierUrl == null
        ? this
        : new Payment(
            tradeNo,
            requestId,
            merchantOrderNo,
            resourceId,
            payee,
            amount,
            currency,
            status,
            transactionState,
            createdAt,
            expiresAt,
            address.of(cashierUrl),
            approval,
            proof,
            error,
            refunded,
            delegationId);
  }

  /**
   * The principal's confirmation (PSD-3), without the signature.
   *
   * @param method {@code payment_pin}, or {@code delegation} if a credential replaces the approval
   */
  public record Approval(
      String method, Instant at, String payee, String amount, String currency, String digest) {}
}
