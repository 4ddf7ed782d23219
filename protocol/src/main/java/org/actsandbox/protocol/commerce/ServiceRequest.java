package org.actsandbox.protocol.commerce;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request of a paid service, signed by the agent as {@code SignedJson} says. The very same bytes
 * are sent again with the payment proof: the bill is for them (A402-5).
 *
 * @param requestId the idempotency key of A402-4: the same id again is the same order
 * @param delegationId the delegation the work is to be paid under; absent when the principal will
 *     be asked
 * @param input what the service works on, in the form its catalog entry describes
 */
public record ServiceRequest(
    String requestId,
    String intentId,
    @Nullable String delegationId,
    String agentId,
    Instant timestamp,
    JsonNode input,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {}
