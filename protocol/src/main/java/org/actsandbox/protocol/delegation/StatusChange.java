package org.actsandbox.protocol.delegation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the status service tells relying parties as it happens, signed as {@code SignedJson} says:
 * the known suspensions and revocations of ACT ADD-8.
 */
public record StatusChange(
    String delegationId,
    DelegationState state,
    Instant changedAt,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {}
