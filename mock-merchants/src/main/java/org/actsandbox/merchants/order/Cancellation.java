package org.actsandbox.merchants.order;

import java.util.Map;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.merchants.psp.Refunds;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;

/** Cancels orders: stock back at once, money back as the merchant's schedule says. */
public final class Cancellation {

  private final Outlet outlet;
  private final Orders orders;
  private final Refunds refunds;

  public Cancellation(Outlet outlet, Orders orders, Refunds refunds) {
    this.outlet = outlet;
    this.orders = orders;
    this.refunds = refunds;
  }

  /**
   * The order afterwards; cancelling a cancelled order again changes nothing.
   *
   * @throws Refusal {@code not_cancellable} when it is over already, or when nothing would be given
   *     back: then keeping it is the better deal
   */
  Order cancel(String orderNo) {
    var stored = orders.get(orderNo);
    switch (stored.status()) {
      case HELD -> cancelUnpaid(stored);
      case PAID, DELIVERED -> cancelPaid(stored);
      case CANCELLED -> {}
      case EXPIRED, REFUNDED ->
          throw notCancellable(stored, "an order that is " + stored.status() + " is over already");
    }
    return OrderView.of(orders.get(orderNo), outlet.vertical(), outlet.now());
  }

  private void cancelUnpaid(StoredOrder stored) {
    boolean won = outlet.world().inTransaction(() -> moved(stored));
    if (!won) {
      throw changedMeanwhile(stored);
    }
    outlet.note(ActComponent.CID_CART_CFM, "order-cancelled", stored.ids(), Map.of());
  }

  private void cancelPaid(StoredOrder stored) {
    var back = OrderView.refundable(stored, outlet.vertical(), outlet.now());
    if (back.isZero()) {
      throw notCancellable(stored, "the schedule gives nothing back at this time");
    }
    var tradeNo = stored.tradeNo();
    if (tradeNo == null) {
      throw new IllegalStateException("paid order %s has no trade".formatted(stored.orderNo()));
    }
    var refundRequestId = "cancel-" + stored.orderNo();
    boolean won =
        outlet
            .world()
            .inTransaction(() -> moved(stored) && reserve(stored, tradeNo, back, refundRequestId));
    if (!won) {
      throw changedMeanwhile(stored);
    }
    outlet.note(
        ActComponent.CID_CART_CFM,
        "order-cancelled",
        stored.ids(),
        Map.of("gives_back", back.decimal()));
    refunds.attempt(refundRequestId);
  }

  private boolean reserve(StoredOrder stored, String tradeNo, Money back, String requestId) {
    refunds.reserve(
        new Refunds.Wish(requestId, stored.orderNo(), tradeNo, back, "order cancelled"));
    return true;
  }

  private boolean moved(StoredOrder stored) {
    boolean won = orders.move(stored.orderNo(), stored.status(), OrderStatus.CANCELLED, null);
    if (won) {
      outlet.vertical().release(stored.orderNo());
    }
    return won;
  }

  private static Refusal notCancellable(StoredOrder stored, String why) {
    return new Refusal(Problem.NOT_CANCELLABLE, why)
        .at("order_no")
        .observed(stored.orderNo() + " is " + stored.status());
  }

  private static Refusal changedMeanwhile(StoredOrder stored) {
    return new Refusal(Problem.ILLEGAL_TRANSITION, "the order changed at the same moment")
        .at("order_no")
        .observed(stored.orderNo())
        .remedy("Look at the order, then decide again.");
  }
}
