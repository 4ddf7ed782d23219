package org.actsandbox.protocol.delegation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The principal's decision on a requested authority, which the delegation service sends to the
 * agent. {@code SignedJson} defines the signature. Ours: the standard leaves open how an agent
 * learns of the decision.
 *
 * @param status authorized | declined | lapsed
 */
public record IntentDecision(
    String intentId,
    String status,
    Instant decidedAt,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {}
