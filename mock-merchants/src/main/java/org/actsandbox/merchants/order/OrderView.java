package org.actsandbox.merchants.order;

import java.time.Instant;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;

/**
 * Builds an order as it is now. It is unsigned, because only the confirmation is signed (ACT
 * CID-9).
 */
public final class OrderView {

  private OrderView() {}

  public static Order of(StoredOrder stored, Vertical vertical, Instant now) {
    var order = stored.confirmed();
    var delivered = stored.delivered();
    return new Order(
        order.orderNo(),
        order.merchantId(),
        order.merchantDid(),
        order.intentId(),
        order.delegationId(),
        order.requestId(),
        order.kind(),
        order.lines(),
        order.price(),
        order.total(),
        order.currency(),
        stored.status(),
        order.confirmedAt(),
        stored.holdUntil(),
        order.resourceId(),
        order.resourceUrl(),
        stored.tradeNo(),
        delivered == null ? null : Json.read(delivered.delivery(), Delivery.class),
        stored.isPaid() ? refundable(stored, vertical, now).decimal() : null,
        stored.refunded().isZero() ? null : stored.refunded().decimal(),
        null,
        null,
        null);
  }

  /** Returns what the order gets back if it is cancelled now, less what was given back already. */
  static Money refundable(StoredOrder stored, Vertical vertical, Instant now) {
    if (stored.delivered() != null && !vertical.takesBackDelivered()) {
      return Money.zero(stored.total().currency());
    }
    var bySchedule = vertical.refundable(stored.confirmed(), now);
    var notRefunded = stored.refundable();
    return bySchedule.moreThan(notRefunded) ? notRefunded : bySchedule;
  }
}
