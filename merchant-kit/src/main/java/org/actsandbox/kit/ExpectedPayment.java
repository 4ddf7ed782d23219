package org.actsandbox.kit;

import org.jspecify.annotations.Nullable;

/**
 * Describes the payment that a proof must be for, to be good for a request (A402-6). The currency
 * is CNY.
 *
 * @param outTradeNo the merchant's number of the sale; null if the resource is sold by request and
 *     any sale of this merchant with this resource, amount and request is good
 * @param amount decimal text with two places
 * @param resourceId as in the bill
 * @param requestMethod method of the request that shows the proof; HEAD counts as GET
 * @param requestFingerprint of the request that shows the proof, {@link BillSigner#fingerprint}
 * @param idempotencyKey as in the bill; null if there is none
 * @param buyerDid the agent that must have paid; null if any may
 */
public record ExpectedPayment(
    @Nullable String outTradeNo,
    String amount,
    String resourceId,
    String requestMethod,
    String requestFingerprint,
    @Nullable String idempotencyKey,
    @Nullable String buyerDid) {}
