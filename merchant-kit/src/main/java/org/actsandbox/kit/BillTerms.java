package org.actsandbox.kit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a bill says (A402-3). The currency is CNY.
 *
 * @param outTradeNo the merchant's own number of this sale, 1 to 64 of A-Z a-z 0-9 . _ : -; a bill
 *     with a new price or time has a new number (A402-11)
 * @param amount decimal text with two places, such as {@code 0.50}
 * @param resourceId names what is sold, such as {@code report}
 * @param payBefore the bill cannot be paid from this moment on
 * @param requestMethod the method of the billed request, such as {@code GET}
 * @param requestFingerprint of the billed request, {@link BillSigner#fingerprint}
 * @param idempotencyKey the header {@code Idempotency-Key} of the request; null for GET and HEAD,
 *     required for every other method (A402-4)
 * @param buyerDid the agent that is to pay; null if any may
 * @param order the order as the merchant signed it, JSON text; its digest goes into the bill, so
 *     that the payment service can compare the goods (A402-3). Null for a sale without an order
 */
public record BillTerms(
    String outTradeNo,
    String amount,
    String resourceId,
    Instant payBefore,
    String requestMethod,
    String requestFingerprint,
    @Nullable String idempotencyKey,
    @Nullable String buyerDid,
    @Nullable String order) {}
