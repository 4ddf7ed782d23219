package org.actsandbox.protocol.commerce;

import java.util.EnumSet;
import java.util.Set;

/** The merchant's own view of an order. The trade's states are {@code a402.TransactionState}. */
public enum OrderStatus {
  /** Price and stock are locked until the hold ends. */
  HELD,
  PAID,
  DELIVERED,
  /**
   * The hold ran out before payment; stock is back. A payment that still comes finds new stock or
   * goes back.
   */
  EXPIRED,
  /** Cancelled before delivery was used, money back as the policy says. */
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
