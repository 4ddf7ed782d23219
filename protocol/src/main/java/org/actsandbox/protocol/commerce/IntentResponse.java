package org.actsandbox.protocol.commerce;

import java.time.Instant;
import java.util.List;

/** The candidates, best first (CID-3 when there is none). */
public record IntentResponse(
    String requestId, String intentId, String merchantId, Instant answeredAt, List<Offer> offers) {}
