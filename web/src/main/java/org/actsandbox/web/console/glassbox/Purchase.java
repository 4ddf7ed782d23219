package org.actsandbox.web.console.glassbox;

import java.net.URI;
import java.time.Instant;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Order;
import org.jspecify.annotations.Nullable;

/** One order of a conversation and how far it has come. */
record Purchase(
    @Nullable Order order,
    @Nullable String tradeNo,
    @Nullable String cashier,
    @Nullable Instant expiresAt,
    String status,
    @Nullable Delivery delivery) {

  static Purchase of(Order order) {
    return new Purchase(order, null, null, null, "", null);
  }

  Purchase needing(String trade, String cashierUrl, Instant expires) {
    return new Purchase(order, trade, cashierUrl, expires, "waiting_for_approval", delivery);
  }

  Purchase standing(String newStatus) {
    return new Purchase(order, tradeNo, cashier, expiresAt, newStatus, delivery);
  }

  Purchase delivered(Delivery what) {
    return new Purchase(order, tradeNo, cashier, expiresAt, "paid", what);
  }

  /** The cashier's path on this server, whatever origin its address names. */
  public @Nullable String cashierPath() {
    return cashier == null ? null : URI.create(cashier).getRawPath();
  }

  public boolean waiting() {
    return status.equals("waiting_for_approval");
  }

  /** Held at the merchant, the payment request not there yet. */
  public boolean held() {
    return status.isEmpty();
  }
}
