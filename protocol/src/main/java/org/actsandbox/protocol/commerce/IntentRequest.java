package org.actsandbox.protocol.commerce;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Intent transfer (CID-2), signed by the agent as {@code SignedJson} says: that is its source
 * authentication.
 *
 * @param requestId new for every request and every update
 * @param previousRequestId on a dynamic update; the context then carries only what changed
 * @param intentId ties the purchase together across domains
 * @param responseForm {@code offers}, the only form yet
 * @param limit at most this many offers, 1 to 50
 */
public record IntentRequest(
    String requestId,
    @Nullable String previousRequestId,
    String intentId,
    String agentId,
    Instant timestamp,
    String responseForm,
    @Nullable Integer limit,
    IntentContext context,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  public static final String OFFERS = "offers";
}
