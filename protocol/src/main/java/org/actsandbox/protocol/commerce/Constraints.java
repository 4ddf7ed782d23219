package org.actsandbox.protocol.commerce;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a task as a merchant may be told them (CID-2): amounts, categories, merchants, time
 * of fulfilment and payment methods. Absent means no bound.
 *
 * <p>Ours, because the standard names the dimensions and no members: the vocabulary is closed, with
 * the names of the ISR where it has them, and anything else is refused by name (docs/needs.md).
 *
 * @param currency ISO 4217, of the amounts here; an offer in another one does not fit
 * @param maxUnitPrice decimal string, for each of the offer's quantity: passenger, room with all
 *     its nights, or piece
 * @param maxPrice decimal string, for the whole offer with its fees
 * @param minPrice decimal string, for the whole offer with its fees
 * @param allowedMerchants by merchant id or DID
 * @param forbiddenMerchants by merchant id or DID
 * @param allowedCategories a kind such as {@code train}, or a category as offers name it
 * @param forbiddenCategories a kind, or a category as offers name it
 * @param allowedPaymentMethods see {@link PaymentMethods}
 * @param deliveryTimeRequirement interval in which it is delivered or begins, as in an ISR
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
