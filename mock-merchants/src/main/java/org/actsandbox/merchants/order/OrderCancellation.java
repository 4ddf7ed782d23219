package org.actsandbox.merchants.order;

import java.util.Map;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.deposit.DepositStore;
import org.actsandbox.merchants.psp.MerchantRefunds;
import org.actsandbox.protocol.commerce.CancellationRequest;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.SenderChecks;

/** Cancels orders: returns the stock at once, and the money as the merchant's schedule says. */
public final class OrderCancellation {

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final MerchantRefunds merchantRefunds;
  private final OrderView orderView;
  private final DepositStore deposits;

  public OrderCancellation(
      MerchantContext merchantContext, Orders orders, MerchantRefunds merchantRefunds) {
    this.merchantContext = merchantContext;
    this.orders = orders;
    this.merchantRefunds = merchantRefunds;
    this.orderView = new OrderView(merchantContext, merchantRefunds);
    this.deposits = new DepositStore(merchantContext);
  }

  /**
   * Cancels an order and returns it as it is afterwards; cancelling it again changes nothing.
   *
   * @throws Refusal {@code not_cancellable} when the order is over already, or when the buyer would
   *     get nothing back and had better keep the order
   */
  public Order cancel(String orderNo) {
    var stored = orders.get(orderNo);
    switch (stored.status()) {
      case HELD -> cancelUnpaid(stored);
      case PAID, DELIVERED -> cancelPaid(stored);
      case CANCELLED -> {}
      case EXPIRED, REFUNDED ->
          throw notCancellable(stored, "an order that is " + stored.status() + " is over already");
    }
    return orderView.of(orders.get(orderNo));
  }

  /**
   * Checks the agent's signed request for a cancellation.
   *
   * @throws Refusal for a bad signature, {@code access_restricted}, {@code invalid_field}, and
   *     {@code not_found} for the order of another agent
   */
  public void check(String orderNo, byte[] body) {
    var jsonMessage = JsonMessage.parse(body);
    var agent = jsonMessage.verifySigner(merchantContext.world().keys());
    var request = jsonMessage.bind(CancellationRequest.class);
    SenderChecks.requireSigner(agent, request.agentId(), Problem.ACCESS_RESTRICTED);
    if (!request.orderNo().equals(orderNo)) {
      throw new Refusal(Problem.INVALID_FIELD, "the signed request names another order")
          .at("order_no")
          .expected(orderNo)
          .observed(request.orderNo());
    }
    if (!agent.value().equals(orders.get(orderNo).agentId())) {
      throw Orders.notFound(orderNo);
    }
  }

  private void cancelUnpaid(StoredOrder stored) {
    boolean won = merchantContext.world().inTransaction(() -> cancelAndRelease(stored));
    if (!won) {
      throw changedMeanwhile(stored);
    }
    merchantContext.note(JournalEvent.ORDER_CANCELLED, stored.ids(), Map.of());
  }

  private void cancelPaid(StoredOrder stored) {
    boolean holdsDeposit = !deposits.held(stored.confirmed()).isZero();
    var refund = orderView.refundable(stored);
    if (refund.isZero()) {
      throw notCancellable(stored, "the schedule gives nothing back at this time");
    }
    var tradeNo = stored.tradeNo();
    if (tradeNo == null) {
      throw new IllegalStateException("paid order %s has no trade".formatted(stored.orderNo()));
    }
    var refundRequestId = "cancel-" + stored.orderNo();
    boolean won =
        merchantContext
            .world()
            .inTransaction(
                () -> {
                  if (!cancelAndRelease(stored)) {
                    return false;
                  }
                  // A deposit that went back meanwhile must not go back again.
                  if (deposits.close(stored.orderNo()) != holdsDeposit) {
                    throw changedMeanwhile(stored);
                  }
                  return reserve(stored, tradeNo, refund, refundRequestId);
                });
    if (!won) {
      throw changedMeanwhile(stored);
    }
    merchantContext.note(
        JournalEvent.ORDER_CANCELLED, stored.ids(), Map.of("gives_back", refund.decimal()));
    merchantRefunds.attempt(refundRequestId);
  }

  private boolean reserve(StoredOrder stored, String tradeNo, Money refund, String requestId) {
    merchantRefunds.reserve(
        new MerchantRefunds.DecidedRefund(
            requestId, stored.orderNo(), tradeNo, refund, "order cancelled"));
    return true;
  }

  private boolean cancelAndRelease(StoredOrder stored) {
    boolean won = orders.move(stored.orderNo(), stored.status(), OrderStatus.CANCELLED, null);
    if (won) {
      merchantContext.vertical().release(stored.orderNo());
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
