package org.actsandbox.protocol.commerce;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as its merchant shows it, and the result of a cart confirmation (CID-9). Signed by the
 * merchant when it is the result of a confirmation.
 *
 * @param delegationId as the cart named it: the order is paid under this delegation or not at all
 * @param resourceUrl the A402-protected resource that delivers it
 * @param refundable decimal string: what cancelling now would give back
 */
public record Order(
    String orderNo,
    String merchantId,
    String merchantDid,
    String intentId,
    @Nullable String delegationId,
    String requestId,
    Kind kind,
    List<Line> lines,
    List<Offer.PriceLine> price,
    String total,
    String currency,
    OrderStatus status,
    Instant confirmedAt,
    Instant holdUntil,
    String resourceId,
    String resourceUrl,
    @Nullable String tradeNo,
    @Nullable Delivery delivery,
    @Nullable String refundable,
    @Nullable String refunded,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /**
   * @param facts what it is, to be compared with what was authorized; absent where the merchant
   *     does not say
   */
  public record Line(
      String offerId, String itemId, Text title, int quantity, @Nullable LineFacts facts) {}
}
