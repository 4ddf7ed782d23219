package org.actsandbox.protocol.commerce;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a merchant's catalog (CID-1). It MUST have the first five members and SHOULD have the
 * others.
 *
 * @param price decimal string; the lowest price if it varies
 * @param available units in stock; absent if the stock depends on dates
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
