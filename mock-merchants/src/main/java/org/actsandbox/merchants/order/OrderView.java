package org.actsandbox.merchants.order;

import java.util.List;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.deposit.DepositStore;
import org.actsandbox.merchants.psp.MerchantRefunds;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderRefund;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Builds an order as it is now. It is unsigned, because only the confirmation is signed (ACT
 * CID-9).
 */
final class OrderView {

  private final MerchantContext merchantContext;
  private final MerchantRefunds merchantRefunds;
  private final DepositStore deposits;

  OrderView(MerchantContext merchantContext, MerchantRefunds merchantRefunds) {
    this.merchantContext = merchantContext;
    this.merchantRefunds = merchantRefunds;
    this.deposits = new DepositStore(merchantContext);
  }

  Order of(StoredOrder stored) {
    var refunds = refunds(stored);
    var order = stored.confirmed();
    var delivered = stored.delivered();
    return new Order(
        order.orderNo(),
        order.merchantId(),
        order.merchantDid(),
        order.intentId(),
        order.delegationId(),
        order.requestId(),
        order.kind(),
        order.lines(),
        order.price(),
        order.total(),
        order.currency(),
        stored.status(),
        order.confirmedAt(),
        stored.holdUntil(),
        order.resourceId(),
        order.resourceUrl(),
        order.deposit(),
        stored.tradeNo(),
        delivered == null ? null : Json.read(delivered.delivery(), Delivery.class),
        stored.isPaid() ? refundable(stored).decimal() : null,
        refunded(stored, refunds),
        refunds.isEmpty() ? null : refunds,
        null,
        null,
        null);
  }

  /**
   * Returns the refunds of an order. An order on hold has none, and for an order that is paid and
   * not given back the look-up is saved.
   */
  private List<OrderRefund> refunds(StoredOrder stored) {
    boolean mayHaveSome =
        switch (stored.status()) {
          case HELD -> false;
          case PAID, DELIVERED -> !stored.refundReserved().isZero();
          case EXPIRED, CANCELLED, REFUNDED -> true;
        };
    return mayHaveSome ? merchantRefunds.ofOrder(stored.orderNo()) : List.of();
  }

  /**
   * Returns the sum of what went back. Refunds of a payment that came after the end of the order do
   * not count against its total, but the buyer got them.
   */
  private static @Nullable String refunded(StoredOrder stored, List<OrderRefund> refunds) {
    var currency = stored.total().currency();
    var done =
        refunds.stream()
            .filter(refund -> refund.state() == OrderRefund.State.DONE)
            .map(refund -> Money.of(refund.amount(), currency))
            .reduce(Money.zero(currency), Money::plus);
    var sum = stored.refunded().moreThan(done) ? stored.refunded() : done;
    return sum.isZero() ? null : sum.decimal();
  }

  /** Returns what the order gets back if it is cancelled now, less what was given back already. */
  Money refundable(StoredOrder stored) {
    var vertical = merchantContext.vertical();
    if (stored.delivered() != null && !vertical.takesBackDelivered()) {
      return Money.zero(stored.total().currency());
    }
    var bySchedule =
        vertical
            .refundable(stored.confirmed().withoutDeposit(), merchantContext.now())
            .plus(deposits.held(stored.confirmed()));
    var notRefunded = stored.refundable();
    return bySchedule.moreThan(notRefunded) ? notRefunded : bySchedule;
  }
}
