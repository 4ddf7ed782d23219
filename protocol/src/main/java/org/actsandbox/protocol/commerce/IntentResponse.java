package org.actsandbox.protocol.commerce;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The candidates, best first (CID-3 when there is none).
 *
 * @param notConsidered the implicit needs and preferences that the offers do not follow, such as
 *     {@code preferences.position}; absent when they follow all
 */
public record IntentResponse(
    String requestId,
    String intentId,
    String merchantId,
    Instant answeredAt,
    List<Offer> offers,
    @Nullable List<String> notConsidered) {}
