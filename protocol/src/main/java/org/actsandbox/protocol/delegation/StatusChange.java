package org.actsandbox.protocol.delegation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status service's signed message to relying parties about a new state, so that they know
 * suspensions and revocations at once (ACT ADD-8). {@code SignedJson} defines the signature.
 */
public record StatusChange(
    String delegationId,
    DelegationState state,
    Instant changedAt,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {}
