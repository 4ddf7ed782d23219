package org.actsandbox.web.console.glassbox;

import java.net.URI;
import java.time.Instant;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Order;
import org.jspecify.annotations.Nullable;

/** One order of a conversation and how far it has come. */
record PurchaseView(
    @Nullable Order order,
    @Nullable String tradeNo,
    @Nullable String cashier,
    @Nullable Instant expiresAt,
    String status,
    @Nullable Delivery delivery) {

  static PurchaseView of(Order order) {
    return new PurchaseView(order, null, null, null, "", null);
  }

  PurchaseView withCashier(String trade, String cashierUrl, Instant expires) {
    return new PurchaseView(order, trade, cashierUrl, expires, "waiting_for_approval", delivery);
  }

  PurchaseView withStatus(String newStatus) {
    return new PurchaseView(order, tradeNo, cashier, expiresAt, newStatus, delivery);
  }

  PurchaseView delivered(Delivery what) {
    return new PurchaseView(order, tradeNo, cashier, expiresAt, "paid", what);
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
