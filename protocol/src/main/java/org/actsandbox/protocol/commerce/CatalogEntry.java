package org.actsandbox.protocol.commerce;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A catalog entry (CID-1): the first five MUST be there, the rest SHOULD.
 *
 * @param price decimal string, "from" price where it varies
 * @param availability whether it is for sale at all
 * @param available units in stock, absent when it depends on dates
 * @param fulfilment expected delivery or service time, as a sentence
 */
public record CatalogEntry(
    String id,
    Text name,
    Text category,
    String price,
    String currency,
    Availability availability,
    @Nullable Integer available,
    @Nullable Instant priceValidUntil,
    @Nullable Text fulfilment,
    String merchantId,
    String detailRef,
    @Nullable Text description,
    @Nullable Map<String, String> attributes) {}
