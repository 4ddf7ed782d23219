package org.actsandbox.protocol.commerce;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cart confirmation (CID-8), signed by the agent. The same request id again answers the same order.
 *
 * @param delegationId the delegation the order is to be paid under; absent when the principal will
 *     be asked (a link id of CID-8). Only a payment under this very delegation is taken
 * @param expectedTotal what the agent saw; another price is refused with {@code price_changed}
 *     unless it is lower
 * @param fulfilment needs such as {@code ship_to}, {@code arrival_time}, {@code passengers}
 *     (aliases, never document numbers), {@code seat} (a seat the principal picked, {@code 05-11F})
 */
public record CartRequest(
    String requestId,
    String intentId,
    @Nullable String delegationId,
    String agentId,
    Instant timestamp,
    List<Line> lines,
    String expectedTotal,
    String currency,
    @Nullable Map<String, String> fulfilment,
    @Nullable Map<String, String> context,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  public record Line(String offerId, int quantity) {}
}
