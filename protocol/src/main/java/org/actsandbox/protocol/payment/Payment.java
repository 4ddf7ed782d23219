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
    @Nullable String refunded) {

  /**
   * How the principal confirmed (PSD-3), without the signature.
   *
   * @param method {@code payment_pin}
   */
  public record Approval(
      String method, Instant at, String payee, String amount, String currency, String digest) {}
}
