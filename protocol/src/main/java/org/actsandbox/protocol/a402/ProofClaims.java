package org.actsandbox.protocol.a402;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The PSP's statement in a payment proof that a trade paid a bill. On the wire it is a compact JWS
 * ({@code typ: act-payment-proof+jwt}) in base64url, which the PSP's key set verifies offline.
 *
 * @param iss DID of the PSP
 * @param sub DID of the buyer's agent
 * @param aud DID of the seller
 * @param jti unique id of the proof
 * @param approvalDigest digest of the approved content, or of the credential for a payment under a
 *     delegation
 * @param intentId absent if neither bill nor request names one
 * @param delegationId absent for a payment without a delegation
 */
public record ProofClaims(
    String iss,
    String sub,
    String aud,
    String jti,
    Instant issuedAt,
    Instant expiresAt,
    String tradeNo,
    String outTradeNo,
    String resourceId,
    String amount,
    String currency,
    String requestMethod,
    String requestFingerprint,
    String approvalDigest,
    @Nullable String intentId,
    @Nullable String delegationId) {}
