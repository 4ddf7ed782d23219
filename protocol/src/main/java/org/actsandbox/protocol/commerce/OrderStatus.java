package org.actsandbox.protocol.commerce;

import java.util.EnumSet;
import java.util.Set;

/**
 * Lists the states of an order at its merchant. The states of the trade are {@code
 * a402.TransactionState}.
 */
public enum OrderStatus {
  /** Price and stock are locked until the hold ends. */
  HELD,
  PAID,
  DELIVERED,
  /**
   * The hold ended before payment, and the stock was released. A later payment gets new stock or is
   * refunded.
   */
  EXPIRED,
  /** The order was cancelled before the delivery was used; the policy decides the refund. */
  CANCELLED,
  REFUNDED;

  /** The whole lifecycle: a move not listed here is refused. */
  public Set<OrderStatus> successors() {
    return switch (this) {
      case HELD -> EnumSet.of(PAID, EXPIRED, CANCELLED);
      case PAID -> EnumSet.of(DELIVERED, CANCELLED, REFUNDED);
      case DELIVERED -> EnumSet.of(CANCELLED, REFUNDED);
      case EXPIRED -> EnumSet.of(PAID, REFUNDED);
      case CANCELLED, REFUNDED -> EnumSet.noneOf(OrderStatus.class);
    };
  }
}
