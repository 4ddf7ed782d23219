package org.actsandbox.protocol.a402;

/** Lists the events that move a trade to another state (ACT A402-8). */
public enum TradeEvent {
  PAYMENT_NEEDED_ISSUED,
  PAYMENT_VALIDATED,
  PAYMENT_TERMINATED,
  DELIVERY_COMMITTED,
  COMPENSATION_COMPLETED,
  FULFILLMENT_CONFIRMED,
  TRADE_TERMINATED
}
