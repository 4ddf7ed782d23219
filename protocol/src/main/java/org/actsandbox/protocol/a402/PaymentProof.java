package org.actsandbox.protocol.a402;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of the header {@code Payment-Proof}, which the buyer's agent sends (ACT A402-4..6).
 *
 * @param method has at least {@code psp_id}
 */
public record PaymentProof(PresentedProof protocol, Map<String, Object> method) {

  /**
   * The protocol layer: the proof, and the trade, bill and resource for which it is presented.
   *
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
