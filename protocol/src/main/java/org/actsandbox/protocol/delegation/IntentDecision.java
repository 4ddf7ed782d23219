package org.actsandbox.protocol.delegation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the delegation service tells the agent that asked for authority, signed as {@code
 * SignedJson} says. Ours: the standard leaves open how an agent learns of the principal's decision.
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
