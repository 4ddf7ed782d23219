package org.actsandbox.kit.shop;

import java.time.Instant;
import org.actsandbox.kit.SaleTerms;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An order and its state. Everything that happens to it happens under its lock. */
final class ShopOrder {

  /** The order as JSON text, exactly as it was confirmed and signed. */
  private final String document;

  private final Order signed;
  private final String buyerDid;
  private final ShopItem item;
  private final int quantity;
  private final ShopGoods goods;
  private OrderStatus status = OrderStatus.HELD;
  private boolean isDelivered;
  private @Nullable String tradeNo;
  private @Nullable String refunded;

  ShopOrder(String document, String buyerDid, ShopItem item, int quantity, ShopGoods goods) {
    this.document = document;
    this.signed = Json.read(document, Order.class);
    this.buyerDid = buyerDid;
    this.item = item;
    this.quantity = quantity;
    this.goods = goods;
  }

  String document() {
    return document;
  }

  String number() {
    return signed.orderNo();
  }

  String total() {
    return signed.total();
  }

  String buyerDid() {
    return buyerDid;
  }

  OrderStatus status() {
    return status;
  }

  @Nullable String tradeNo() {
    return tradeNo;
  }

  boolean isPaid() {
    return status == OrderStatus.PAID || status == OrderStatus.DELIVERED;
  }

  SaleTerms terms() {
    return new SaleTerms(number(), total(), signed.holdUntil(), buyerDid, document);
  }

  SoldOrder sold() {
    return new SoldOrder(number(), item, quantity, total(), buyerDid, signed.confirmedAt());
  }

  void paidBy(String trade) {
    status = OrderStatus.PAID;
    tradeNo = trade;
  }

  void deliveredFor(String trade) {
    status = OrderStatus.DELIVERED;
    tradeNo = trade;
    isDelivered = true;
  }

  void refunded(String amount) {
    refunded = amount;
  }

  /** Ends the order for good, and puts back what was not delivered. */
  void end(OrderStatus last) {
    if (!isDelivered) {
      goods.putBack(item.id(), quantity);
    }
    status = last;
  }

  /** Ends a hold whose time is over. */
  void expire(Instant now) {
    if (status == OrderStatus.HELD && !now.isBefore(signed.holdUntil())) {
      end(OrderStatus.EXPIRED);
    }
  }

  /** Returns the order as it was signed, with what became of it since. */
  String shown() {
    var shown = (ObjectNode) Json.parse(document);
    shown.put("status", status.name());
    if (tradeNo != null) {
      shown.put("trade_no", tradeNo);
    }
    if (isPaid()) {
      shown.put("refundable", total());
    }
    if (refunded != null) {
      shown.put("refunded", refunded);
    }
    return Json.write(shown);
  }
}
