package org.actsandbox.kit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the payment service states in a proof that was verified: its signature, validity and
 * purpose.
 *
 * @param proofId id of the proof
 * @param tradeNo the payment service's number of the trade; a delivery is made once for it
 * @param outTradeNo the merchant's number of the sale
 * @param buyerDid the agent that paid; empty where the proof does not say so
 * @param amount decimal text
 * @param expiresAt from this moment on the proof is refused
 * @param intentId the intent of the purchase; null if neither bill nor payment named one
 * @param delegationId the authority under which it was paid; null if the principal was asked
 */
public record VerifiedProof(
    String proofId,
    String tradeNo,
    String outTradeNo,
    String buyerDid,
    String resourceId,
    String amount,
    String currency,
    String requestFingerprint,
    Instant expiresAt,
    @Nullable String intentId,
    @Nullable String delegationId) {}
