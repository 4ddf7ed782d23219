package org.actsandbox.merchants.order;

import org.actsandbox.merchants.Outlet;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.merchants.message.Senders;
import org.actsandbox.merchants.psp.Refunds;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** The merchant gives money back of its own accord, in full or in part. */
public final class MerchantRefund {

  private final Outlet outlet;
  private final Orders orders;
  private final Refunds refunds;

  public MerchantRefund(Outlet outlet, Orders orders, Refunds refunds) {
    this.outlet = outlet;
    this.orders = orders;
    this.refunds = refunds;
  }

  /**
   * @param amount decimal string in the order's currency; absent for all that is left
   * @param refundRequestId the same id again gives the money back once
   */
  record Request(@Nullable String amount, String reason, String refundRequestId) {}

  /**
   * The order afterwards.
   *
   * @throws Refusal {@code refund_not_allowed} for an order that is not paid, {@code
   *     refund_exceeds}, {@code idempotency_conflict}
   */
  Order refund(String orderNo, byte[] body) {
    var request = Message.parse(body).bind(Request.class);
    Senders.id("refund_request_id", request.refundRequestId(), Problem.INVALID_FIELD);
    var stored = orders.get(orderNo);
    if (refunds.isKnown(request.refundRequestId(), orderNo, asked(request, stored))) {
      return OrderView.of(stored, outlet.vertical(), outlet.now());
    }
    var tradeNo = stored.tradeNo();
    if (tradeNo == null || !stored.isPaid()) {
      throw new Refusal(Problem.REFUND_NOT_ALLOWED, "only a paid order is refunded")
          .at("order_no")
          .observed(orderNo + " is " + stored.status());
    }
    var asked = asked(request, stored);
    var amount = asked == null ? stored.refundable() : asked;
    if (amount.isZero()) {
      throw new Refusal(Problem.REFUND_EXCEEDS, "nothing is left to give back").at("amount");
    }
    outlet
        .world()
        .inTransaction(
            () -> {
              refunds.reserve(
                  new Refunds.Wish(
                      request.refundRequestId(), orderNo, tradeNo, amount, request.reason()));
              return true;
            });
    refunds.attempt(request.refundRequestId());
    return OrderView.of(orders.get(orderNo), outlet.vertical(), outlet.now());
  }

  private static @Nullable Money asked(Request request, StoredOrder stored) {
    var amount = request.amount();
    if (amount == null) {
      return null;
    }
    try {
      return Money.of(amount, stored.total().currency());
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(Problem.INVALID_FIELD, "amount is not an amount of the order's currency")
          .at("amount")
          .expected("a decimal string such as 12.50")
          .observed(amount);
    }
  }
}
