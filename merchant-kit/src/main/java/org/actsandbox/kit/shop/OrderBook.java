package org.actsandbox.kit.shop;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.kit.PaymentRefunds;
import org.actsandbox.kit.RequestRefusedException;
import org.actsandbox.kit.SaleTerms;
import org.actsandbox.kit.SignedMessage;
import org.actsandbox.kit.VerifiedProof;
import org.actsandbox.protocol.commerce.OrderStatus;

/** Keeps the orders of a shop, and moves each through its states. */
final class OrderBook {

  private final ShopGoods goods;
  private final PaymentRefunds refunds;
  private final Map<String, ShopOrder> byNumber = new ConcurrentHashMap<>();

  /** By agent and request id, under its own lock. */
  private final Map<String, PlacedCart> carts = new HashMap<>();

  /** All holds are equally long, so the first one ends first. */
  private final Queue<ShopOrder> held = new ArrayDeque<>();

  private record PlacedCart(String digest, ShopOrder order) {}

  OrderBook(ShopGoods goods, PaymentRefunds refunds) {
    this.goods = goods;
    this.refunds = refunds;
  }

  /** Makes the order of a cart that came for the first time, or refuses the cart. */
  @FunctionalInterface
  interface NewOrder {
    ShopOrder make();
  }

  /**
   * Places a cart. The same request again is the same order (CID-8).
   *
   * @param request agent and request id
   * @param digest of the cart's content
   * @throws RequestRefusedException {@code duplicate_request} for another cart under the same id
   */
  ShopOrder place(String request, String digest, NewOrder first) {
    synchronized (carts) {
      var placed = carts.get(request);
      if (placed == null) {
        var order = first.make();
        placed = new PlacedCart(digest, order);
        carts.put(request, placed);
        byNumber.put(order.number(), order);
        held.add(order);
      }
      if (!placed.digest().equals(digest)) {
        throw RequestRefusedException.of(
            "duplicate_request", "this request id confirmed another cart already");
      }
      return placed.order();
    }
  }

  /** Takes pieces out of the stock, after the holds that are over gave theirs back. */
  void take(ShopItem item, int quantity, Instant now) {
    endHolds(now);
    if (!goods.take(item.id(), quantity)) {
      throw RequestRefusedException.of("sold_out", "there are not " + quantity + " left");
    }
  }

  /** Ends the holds that are over, so that what they kept is for sale again. */
  void endHolds(Instant now) {
    synchronized (carts) {
      for (var order = held.peek(); order != null; order = held.peek()) {
        synchronized (order) {
          order.expire(now);
          if (order.status() == OrderStatus.HELD) {
            return;
          }
        }
        held.remove();
      }
    }
  }

  /**
   * Returns the terms of an order that can be paid, or whose delivery can be had again.
   *
   * @param hasProof whether the request shows a proof
   */
  SaleTerms terms(String number, boolean hasProof, Instant now) {
    var order = order(number);
    synchronized (order) {
      order.expire(now);
      var status = order.status();
      if (status == OrderStatus.HELD
          || status == OrderStatus.PAID
          || (status == OrderStatus.DELIVERED && hasProof)) {
        return order.terms();
      }
      throw RequestRefusedException.of("hold_expired", "the order is " + status);
    }
  }

  Optional<SaleTerms> sale(String number) {
    return Optional.ofNullable(byNumber.get(number)).map(ShopOrder::terms);
  }

  /**
   * Sends an order off for a good proof, and returns it.
   *
   * @throws RequestRefusedException {@code paid_too_late} if it ended meanwhile, or another payment
   *     opened it; this payment goes back when the payment service tells of it
   */
  Parcel deliver(String number, VerifiedProof proof, Instant now) throws IOException {
    var order = order(number);
    synchronized (order) {
      order.expire(now);
      var paidBy = Objects.requireNonNullElse(order.tradeNo(), proof.tradeNo());
      boolean isOpen = order.status() == OrderStatus.HELD || order.status() == OrderStatus.PAID;
      if (!isOpen || !paidBy.equals(proof.tradeNo())) {
        throw RequestRefusedException.of("paid_too_late", "the order is " + order.status());
      }
      var parcelNo = goods.send(order.sold());
      order.deliveredFor(proof.tradeNo());
      return new Parcel(order.sold(), parcelNo);
    }
  }

  /** A parcel that was sent. */
  record Parcel(SoldOrder order, String parcelNo) {}

  /** Shows an order to its buyer; to anyone else there is none. */
  String shown(String number, String agentDid, Instant now) {
    var order = ofBuyer(number, agentDid);
    synchronized (order) {
      order.expire(now);
      return order.shown();
    }
  }

  /** Cancels an order and gives the money back. Cancelled again, nothing changes. */
  String cancel(String number, String agentDid, Instant now) {
    var order = ofBuyer(number, agentDid);
    synchronized (order) {
      order.expire(now);
      var trade = order.tradeNo();
      if (order.isPaid() && trade != null) {
        giveBack(order, trade, now);
        order.refunded(order.total());
        order.end(OrderStatus.CANCELLED);
      } else if (order.status() == OrderStatus.HELD) {
        order.end(OrderStatus.CANCELLED);
      }
      return order.shown();
    }
  }

  /**
   * Takes a notification. Each event moves an order forward at most once, so repeats and any order
   * of them are safe (PSD-8). One of a sale without an order, such as a paid page, needs nothing.
   */
  void notified(SignedMessage event, Instant now) {
    var order = byNumber.get(String.valueOf(event.text("out_trade_no")));
    var trade = event.text("trade_no");
    if (order == null || trade == null) {
      return;
    }
    synchronized (order) {
      order.expire(now);
      switch (String.valueOf(event.text("event"))) {
        case "payment_succeeded" -> {
          if (!order.total().equals(event.text("amount"))) {
            return;
          }
          if (order.status() == OrderStatus.HELD) {
            order.paidBy(trade);
          } else if (!trade.equals(order.tradeNo())) {
            giveBack(order, trade, now); // it was cancelled or ran out, or is paid already
          }
        }
        case "refund_succeeded" -> {
          if (order.isPaid() && "TRADE_CLOSED".equals(event.text("transaction_state"))) {
            order.end(OrderStatus.REFUNDED);
          }
        }
        default -> {} // other events need nothing of a shop
      }
    }
  }

  private void giveBack(ShopOrder order, String trade, Instant now) {
    var id = "R-" + trade; // a trade is given back once, as a whole
    refunds.refund(
        id.substring(0, Math.min(id.length(), 64)),
        trade,
        order.total(),
        "the order is " + order.status(),
        now);
  }

  private ShopOrder ofBuyer(String number, String agentDid) {
    var order = order(number);
    if (!order.buyerDid().equals(agentDid)) {
      throw unknown();
    }
    return order;
  }

  private ShopOrder order(String number) {
    return Optional.ofNullable(byNumber.get(number)).orElseThrow(OrderBook::unknown);
  }

  private static RequestRefusedException unknown() {
    return RequestRefusedException.of("not_found", "there is no such order");
  }
}
