package org.actsandbox.protocol.commerce;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's answer to an intent: the offers, best first. Without an offer the answer is an error
 * (CID-3).
 *
 * @param notConsidered the implicit needs and preferences that the offers do not follow, such as
 *     {@code preferences.position}; absent if they follow all
 */
public record IntentResponse(
    String requestId,
    String intentId,
    String merchantId,
    Instant answeredAt,
    List<Offer> offers,
    @Nullable List<String> notConsidered) {}
