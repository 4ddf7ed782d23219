package org.actsandbox.kit.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery and the sale that it was made for.
 *
 * @param tradeNo the payment service's number of the trade, the key of the store
 * @param outTradeNo the merchant's number of the sale
 * @param digest {@code sha-256:} and the base64url digest of the body
 * @param deliveredAt the world's time of the delivery
 * @param expiresAt the proof opens nothing from this moment on
 * @param confirmed whether the payment service was told (A402-7)
 * @param recorded whether the trust service has the merchant's records of the sale, or refused them
 *     (TSD-2)
 * @param sale null in a delivery that a version of the kit before 2.0 stored; it has no record
 */
public record StoredDelivery(
    String tradeNo,
    String outTradeNo,
    String resourceId,
    String digest,
    Instant deliveredAt,
    Instant expiresAt,
    boolean confirmed,
    boolean recorded,
    @Nullable PaidSale sale,
    DeliveredContent content) {

  /** Returns whether the payment service and the trust service know of this delivery. */
  public boolean isFinished() {
    return confirmed && recorded;
  }

  StoredDelivery withConfirmed() {
    return with(true, recorded);
  }

  StoredDelivery withRecorded() {
    return with(confirmed, true);
  }

  private StoredDelivery with(boolean isConfirmed, boolean isRecorded) {
    return new StoredDelivery(
        tradeNo,
        outTradeNo,
        resourceId,
        digest,
        deliveredAt,
        expiresAt,
        isConfirmed,
        isRecorded,
        sale,
        content);
  }
}
