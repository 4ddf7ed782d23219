package org.actsandbox.kit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds the terms of a sale over HTTP 402. The currency is CNY.
 *
 * @param outTradeNo the merchant's number of the sale, 1 to 64 of A-Z a-z 0-9 . _ : -; null if each
 *     bill gets a number of its own, and the proof of any of them is good
 * @param price decimal text with two places, such as {@code 0.50}
 * @param payBefore the bill cannot be paid from this moment on
 * @param buyerDid the agent that is to pay; null if any may
 * @param order the order as the merchant signed it, JSON text; null for a sale without an order
 */
public record SaleTerms(
    @Nullable String outTradeNo,
    String price,
    Instant payBefore,
    @Nullable String buyerDid,
    @Nullable String order) {}
