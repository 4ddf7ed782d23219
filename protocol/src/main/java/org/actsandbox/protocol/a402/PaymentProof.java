package org.actsandbox.protocol.a402;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the buyer's agent shows in {@code Payment-Proof} (ACT A402-4..6).
 *
 * @param method at least {@code psp_id}
 */
public record PaymentProof(PaymentProof.PresentedProof protocol, Map<String, Object> method) {

  /**
   * @param paymentProof base64url of the PSP's compact JWS over {@link ProofClaims}
   */
  public record PresentedProof(
      String methodId,
      String methodVersion,
      String outTradeNo,
      String resourceId,
      String buyerUniqueId,
      String paymentProof,
      String tradeNo,
      Instant expiresAt,
      String requestMethod,
      String requestFingerprint,
      @Nullable String idempotencyKey) {}
}
