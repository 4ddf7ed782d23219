package org.actsandbox.protocol.commerce;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent's signed request to cancel an order. A merchant that knows the agent by a role key needs
 * none; a merchant outside the sandbox has nothing else by which it knows the agent.
 */
public record CancellationRequest(
    String requestId,
    String intentId,
    String orderNo,
    String agentId,
    Instant timestamp,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {}
