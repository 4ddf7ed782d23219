package org.actsandbox.kit.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Holds what the merchant's records and its answer in a dispute need of the sale behind a delivery.
 *
 * @param buyerDid the agent that paid
 * @param amount decimal text
 * @param intentId the intent of the purchase; null if neither bill nor payment named one
 * @param delegationId the authority under which it was paid; null if the principal was asked
 * @param order the order as the merchant signed it, JSON text; null for a sale without an order
 */
public record PaidSale(
    String buyerDid,
    String amount,
    String currency,
    @Nullable String intentId,
    @Nullable String delegationId,
    @Nullable String order) {}
