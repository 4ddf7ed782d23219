package org.actsandbox.merchants.gate;

import java.util.Map;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.order.Orders;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.merchants.psp.MerchantRefunds;
import org.actsandbox.merchants.psp.MerchantRefunds.DecidedRefund;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Handles money that arrives for an order which was not waiting for it: the hold ran out while the
 * principal approved, the order was cancelled, or the buyer paid twice. The money buys what it was
 * meant for, or goes back.
 */
public final class LatePayments {

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final MerchantRefunds merchantRefunds;

  public LatePayments(
      MerchantContext merchantContext, Orders orders, MerchantRefunds merchantRefunds) {
    this.merchantContext = merchantContext;
    this.orders = orders;
    this.merchantRefunds = merchantRefunds;
  }

  /**
   * Holds stock for an expired order again and marks it paid. Returns false when the stock is gone;
   * the money then goes back.
   */
  public boolean revive(StoredOrder order, String tradeNo) {
    try {
      boolean revived = merchantContext.world().inTransaction(() -> holdAgain(order, tradeNo));
      if (revived) {
        merchantContext.note(JournalEvent.HOLD_RENEWED, order.idsWith(tradeNo), Map.of());
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
      merchantContext.vertical().hold(order.orderNo(), order.lines(), order.fulfilment());
    }
    return won;
  }

  private void compensate(StoredOrder order, String tradeNo, Refusal soldOut) {
    var decidedRefund = refundOf(order, tradeNo, "paid after the hold ran out");
    boolean won =
        merchantContext
            .world()
            .inTransaction(
                () -> {
                  boolean moved =
                      orders.move(
                          order.orderNo(), OrderStatus.EXPIRED, OrderStatus.REFUNDED, tradeNo);
                  if (moved) {
                    merchantRefunds.reserve(decidedRefund);
                  }
                  return moved;
                });
    if (won) {
      merchantContext.note(
          JournalEvent.PAID_TOO_LATE,
          order.idsWith(tradeNo),
          Map.of("why", soldOut.problem().code(), "gives_back", decidedRefund.amount().decimal()));
      merchantRefunds.attempt(decidedRefund.refundRequestId());
    }
  }

  /**
   * Gives the money of an order back that was paid in time, but for which the seller has nothing to
   * deliver.
   */
  void undeliverable(StoredOrder order, String tradeNo, String why) {
    var decidedRefund = refundOf(order, tradeNo, "nothing could be delivered");
    boolean won =
        merchantContext
            .world()
            .inTransaction(
                () -> {
                  // The proof may bring the first news of the payment.
                  orders.move(order.orderNo(), OrderStatus.HELD, OrderStatus.PAID, tradeNo);
                  boolean moved =
                      orders.move(order.orderNo(), OrderStatus.PAID, OrderStatus.REFUNDED, tradeNo);
                  if (moved) {
                    merchantRefunds.reserve(decidedRefund);
                  }
                  return moved;
                });
    if (won) {
      merchantContext.note(
          JournalEvent.DELIVERY_FAILED,
          order.idsWith(tradeNo),
          Map.of("why", why, "gives_back", decidedRefund.amount().decimal()));
      merchantRefunds.attempt(decidedRefund.refundRequestId());
    }
  }

  /** Gives the money of a whole trade back because the order was not paid by this trade. */
  public void giveBack(StoredOrder order, String tradeNo, String reason) {
    var decidedRefund = refundOf(order, tradeNo, reason);
    boolean isNew =
        merchantContext.world().inTransaction(() -> merchantRefunds.giveBackTrade(decidedRefund));
    if (isNew) {
      merchantContext.note(
          JournalEvent.PAYMENT_NOT_NEEDED, order.idsWith(tradeNo), Map.of("why", reason));
      merchantRefunds.attempt(decidedRefund.refundRequestId());
    }
  }

  private static DecidedRefund refundOf(StoredOrder order, String tradeNo, String reason) {
    return new DecidedRefund("back-" + tradeNo, order.orderNo(), tradeNo, order.total(), reason);
  }
}
