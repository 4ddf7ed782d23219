package org.actsandbox.merchants.order;

import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.psp.MerchantRefunds;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.SenderChecks;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;

/** Refunds an order on the merchant's own initiative, in full or in part. */
public final class VoluntaryRefund {

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final MerchantRefunds merchantRefunds;
  private final OrderView orderView;

  public VoluntaryRefund(
      MerchantContext merchantContext, Orders orders, MerchantRefunds merchantRefunds) {
    this.merchantContext = merchantContext;
    this.orders = orders;
    this.merchantRefunds = merchantRefunds;
    this.orderView = new OrderView(merchantContext, merchantRefunds);
  }

  /**
   * Represents what staff asks for.
   *
   * @param amount a decimal string in the order's currency; absent for all that is left
   * @param refundRequestId a repeated id gives the money back once
   */
  public record Request(@Nullable String amount, String reason, String refundRequestId)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.money("amount", amount, null);
      mistakes.text("reason", reason, 256);
      mistakes.text("refund_request_id", refundRequestId, 64);
    }
  }

  /**
   * Refunds the order and returns it as it is afterwards.
   *
   * @throws Refusal {@code refund_not_allowed} for an order that is not paid, {@code
   *     refund_exceeds}, {@code duplicate_request}
   */
  public Order refund(String orderNo, byte[] body) {
    var request = JsonMessage.parse(body).bind(Request.class);
    SenderChecks.requireId("refund_request_id", request.refundRequestId(), Problem.INVALID_FIELD);
    var stored = orders.get(orderNo);
    if (merchantRefunds.isKnown(request.refundRequestId(), orderNo, amountOf(request, stored))) {
      return orderView.of(stored);
    }
    var tradeNo = stored.tradeNo();
    if (tradeNo == null || !stored.isPaid()) {
      throw new Refusal(Problem.REFUND_NOT_ALLOWED, "only a paid order is refunded")
          .at("order_no")
          .observed(orderNo + " is " + stored.status());
    }
    var requested = amountOf(request, stored);
    var amount = requested == null ? stored.refundable() : requested;
    if (amount.isZero()) {
      throw new Refusal(Problem.REFUND_EXCEEDS, "nothing is left to give back").at("amount");
    }
    merchantContext
        .world()
        .inTransaction(
            () -> {
              merchantRefunds.reserve(
                  new MerchantRefunds.DecidedRefund(
                      request.refundRequestId(), orderNo, tradeNo, amount, request.reason()));
              return true;
            });
    merchantRefunds.attempt(request.refundRequestId());
    return orderView.of(orders.get(orderNo));
  }

  private static @Nullable Money amountOf(Request request, StoredOrder stored) {
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
