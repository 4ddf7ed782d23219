package org.actsandbox.protocol.a402;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the PSP states in a payment proof: this trade paid this bill. Travels as compact JWS ({@code
 * typ: act-payment-proof+jwt}) wrapped in base64url; verifiable offline with the PSP's key set.
 *
 * @param iss DID of the PSP
 * @param sub DID of the buyer's agent
 * @param aud DID of the seller
 * @param jti unique id of the proof
 * @param intentId of the flow; absent when neither bill nor request names one
 * @param delegationId of the delegation that was relied on; absent for a payment that rests on none
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
