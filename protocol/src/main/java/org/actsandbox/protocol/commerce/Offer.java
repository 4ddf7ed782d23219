package org.actsandbox.protocol.commerce;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's offer, from which a cart can be confirmed; complete in the sense of CID-1.
 *
 * @param offerId unique at the merchant; cart lines refer to it
 * @param itemId the catalog entry from which it was made
 * @param lines the parts of the total: base price, fees, coupons, sales; discounts are negative
 *     decimal strings
 * @param total decimal string for the whole need (all passengers, nights, pieces), with fees
 * @param validUntil end of the validity of the price
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
   * One part of the total.
   *
   * @param type base | fee | coupon | sale | shipping | breakfast | deposit
   */
  public record PriceLine(String type, Text label, String amount) {}
}
