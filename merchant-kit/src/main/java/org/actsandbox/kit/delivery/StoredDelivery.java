package org.actsandbox.kit.delivery;

import java.time.Instant;

/**
 * A delivery and the sale that it was made for.
 *
 * @param tradeNo the payment service's number of the trade, the key of the store
 * @param outTradeNo the merchant's number of the sale
 * @param digest {@code sha-256:} and the base64url digest of the body
 * @param deliveredAt the world's time of the delivery
 * @param expiresAt the proof opens nothing from this moment on, so the body need not be kept longer
 * @param confirmed whether the payment service was told (A402-7)
 */
public record StoredDelivery(
    String tradeNo,
    String outTradeNo,
    String resourceId,
    String digest,
    Instant deliveredAt,
    Instant expiresAt,
    boolean confirmed,
    DeliveredContent content) {

  StoredDelivery withConfirmed() {
    return new StoredDelivery(
        tradeNo, outTradeNo, resourceId, digest, deliveredAt, expiresAt, true, content);
  }
}
