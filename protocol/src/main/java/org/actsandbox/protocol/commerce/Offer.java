package org.actsandbox.protocol.commerce;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A candidate a cart can be confirmed with; complete in the sense of CID-1.
 *
 * @param offerId unique in the merchant; what a cart line names
 * @param itemId the catalog entry it comes from
 * @param lines how the total comes about: base price, fees, coupons, sales; discounts are negative
 *     decimal strings
 * @param total decimal string for the whole need (all passengers, nights, pieces), fees included
 * @param validUntil the price holds until then
 */
public record Offer(
    String offerId,
    String itemId,
    String merchantId,
    String merchantDid,
    MerchantKind kind,
    Text title,
    Text category,
    int quantity,
    List<PriceLine> lines,
    String total,
    String currency,
    int available,
    Instant validUntil,
    String detailRef,
    OfferDetails details,
    @Nullable Text policy,
    @Nullable Text note) {

  /**
   * @param type base | fee | coupon | sale | shipping | breakfast
   */
  public record PriceLine(String type, Text label, String amount) {}
}
