package org.actsandbox.protocol.commerce;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a task that a merchant may know (CID-2): amounts, categories, merchants, time of
 * fulfilment and payment methods. Absent means no bound.
 *
 * <p>Ours, because the standard names the dimensions and no members: the vocabulary is closed and
 * uses the names of the ISR if there are any. Any other member is refused by name (docs/needs.md).
 *
 * @param currency ISO 4217, for all amounts here; an offer in another currency does not fit
 * @param maxUnitPrice decimal string, for each of the offer's quantity: passenger, room with all
 *     its nights, or piece
 * @param maxPrice decimal string, for the whole offer with its fees
 * @param minPrice decimal string, for the whole offer with its fees
 * @param allowedMerchants by merchant id or DID
 * @param forbiddenMerchants by merchant id or DID
 * @param allowedCategories kinds such as {@code train}, or categories of offers
 * @param forbiddenCategories kinds, or categories of offers
 * @param allowedPaymentMethods see {@link PaymentMethods}
 * @param deliveryTimeRequirement interval for delivery or begin, in the form of the ISR
 */
public record Constraints(
    @Nullable String currency,
    @Nullable String maxUnitPrice,
    @Nullable String maxPrice,
    @Nullable String minPrice,
    @Nullable List<String> allowedMerchants,
    @Nullable List<String> forbiddenMerchants,
    @Nullable List<String> allowedCategories,
    @Nullable List<String> forbiddenCategories,
    @Nullable List<String> allowedPaymentMethods,
    @Nullable String deliveryTimeRequirement) {}
