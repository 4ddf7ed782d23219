package org.actsandbox.web.console.glassbox;

import java.net.URI;
import java.time.Instant;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.jspecify.annotations.Nullable;

/**
 * Shows one order of a conversation and the state of its payment and delivery.
 *
 * @param cashier the cashier's address; null before the payment is requested
 * @param status status of the payment; empty before the payment is requested
 */
record PurchaseView(
    Order order,
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

  PurchaseView withDelivery(Delivery newDelivery) {
    return new PurchaseView(order, tradeNo, cashier, expiresAt, "paid", newDelivery);
  }

  /**
   * Returns the path of the cashier's address, so that the link stays on the origin that the reader
   * uses.
   */
  public @Nullable String cashierPath() {
    return cashier == null ? null : URI.create(cashier).getRawPath();
  }

  public Text merchantName() {
    return EntryNarrator.nameOf(order.merchantDid());
  }

  public boolean waiting() {
    return status.equals("waiting_for_approval");
  }

  /** Tells whether the merchant holds the order and the payment is not requested yet. */
  public boolean held() {
    return status.isEmpty();
  }
}
