package org.actsandbox.merchants.gate;

import java.util.Map;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.merchants.order.Orders;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.merchants.psp.Refunds;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;

/**
 * Money that came for an order which was not waiting for it: the hold ran out while the principal
 * approved, the order was cancelled, or somebody paid twice. It buys what it was for, or goes back.
 */
public final class LatePayments {

  private static final ActComponent COMPONENT = ActComponent.PSD_PAY_A402;

  private final Outlet outlet;
  private final Orders orders;
  private final Refunds refunds;

  public LatePayments(Outlet outlet, Orders orders, Refunds refunds) {
    this.outlet = outlet;
    this.orders = orders;
    this.refunds = refunds;
  }

  /** Whether the expired order is paid now, with stock of its own; else its money goes back. */
  public boolean revive(StoredOrder order, String tradeNo) {
    try {
      boolean revived = outlet.world().inTransaction(() -> holdAgain(order, tradeNo));
      if (revived) {
        outlet.note(COMPONENT, "hold-renewed", order.idsWith(tradeNo), Map.of());
      }
      return revived || orders.get(order.orderNo()).isPaid();
    } catch (Refusal soldOut) {
      if (soldOut.problem() == Problem.UNAVAILABLE) {
        // A lost race for a lock says nothing about the stock: the money stays, the caller repeats.
        throw soldOut;
      }
      compensate(order, tradeNo, soldOut);
      return false;
    }
  }

  private boolean holdAgain(StoredOrder order, String tradeNo) {
    boolean won = orders.move(order.orderNo(), OrderStatus.EXPIRED, OrderStatus.PAID, tradeNo);
    if (won) {
      outlet.vertical().hold(order.orderNo(), order.lines(), order.fulfilment());
    }
    return won;
  }

  private void compensate(StoredOrder order, String tradeNo, Refusal soldOut) {
    var wish = wish(order, tradeNo, "paid after the hold ran out");
    boolean won =
        outlet
            .world()
            .inTransaction(
                () -> {
                  boolean moved =
                      orders.move(
                          order.orderNo(), OrderStatus.EXPIRED, OrderStatus.REFUNDED, tradeNo);
                  if (moved) {
                    refunds.reserve(wish);
                  }
                  return moved;
                });
    if (won) {
      outlet.note(
          COMPONENT,
          "paid-too-late",
          order.idsWith(tradeNo),
          Map.of("why", soldOut.problem().code(), "gives_back", wish.amount().decimal()));
      refunds.attempt(wish.refundRequestId());
    }
  }

  /** The order was paid in time, but the seller has nothing to deliver: its money goes back. */
  void undeliverable(StoredOrder order, String tradeNo, String why) {
    var wish = wish(order, tradeNo, "nothing could be delivered");
    boolean won =
        outlet
            .world()
            .inTransaction(
                () -> {
                  // The proof may bring the first news of the payment.
                  orders.move(order.orderNo(), OrderStatus.HELD, OrderStatus.PAID, tradeNo);
                  boolean moved =
                      orders.move(order.orderNo(), OrderStatus.PAID, OrderStatus.REFUNDED, tradeNo);
                  if (moved) {
                    refunds.reserve(wish);
                  }
                  return moved;
                });
    if (won) {
      outlet.note(
          COMPONENT,
          "delivery-failed",
          order.idsWith(tradeNo),
          Map.of("why", why, "gives_back", wish.amount().decimal()));
      refunds.attempt(wish.refundRequestId());
    }
  }

  /** A whole trade goes back that is not the one the order was paid by. */
  public void giveBack(StoredOrder order, String tradeNo, String reason) {
    var wish = wish(order, tradeNo, reason);
    boolean isNew = outlet.world().inTransaction(() -> refunds.giveBackTrade(wish));
    if (isNew) {
      outlet.note(COMPONENT, "payment-not-needed", order.idsWith(tradeNo), Map.of("why", reason));
      refunds.attempt(wish.refundRequestId());
    }
  }

  private static Refunds.Wish wish(StoredOrder order, String tradeNo, String reason) {
    return new Refunds.Wish("back-" + tradeNo, order.orderNo(), tradeNo, order.total(), reason);
  }
}
