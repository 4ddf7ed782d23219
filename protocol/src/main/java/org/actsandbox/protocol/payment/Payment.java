package org.actsandbox.protocol.payment;

import java.time.Instant;
import org.actsandbox.protocol.a402.PaymentProof;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.jspecify.annotations.Nullable;

/**
 * A payment as the PSP shows it to whoever has a part in it.
 *
 * @param cashierUrl where the principal approves; the agent may hand it on, never open it for them
 * @param proof present once paid, for the agent that asked
 * @param delegationId what it rests on, where the principal was not asked each time
 * @param error present when declined, timed out, failed
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

  /**
   * How the principal confirmed (PSD-3), without the signature.
   *
   * @param method {@code payment_pin}, or {@code delegation} when the credential stood for it
   */
  public record Approval(
      String method, Instant at, String payee, String amount, String currency, String digest) {}
}
