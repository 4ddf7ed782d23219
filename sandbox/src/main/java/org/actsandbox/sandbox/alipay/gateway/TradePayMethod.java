package org.actsandbox.sandbox.alipay.gateway;

import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.gateway.AlipayPayments.PaymentOrder;
import org.actsandbox.sandbox.alipay.gateway.AlipayPayments.PaymentProduct;
import org.actsandbox.sandbox.psp.trade.Trade;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code alipay.trade.page.pay} and {@code alipay.trade.app.pay}: opens the payment that
 * the seller orders, for which the principal is asked at the world's cashier (AIP-42, AIP-43). The
 * same order again leads to the same payment.
 */
final class TradePayMethod implements GatewayMethod {

  private final Door door;
  private final String productCode;

  private TradePayMethod(Door door, String productCode) {
    this.door = door;
    this.productCode = productCode;
  }

  static TradePayMethod onPage() {
    return new TradePayMethod(Door.BROWSER, "FAST_INSTANT_TRADE_PAY");
  }

  static TradePayMethod inApp() {
    return new TradePayMethod(Door.WALLET, "QUICK_MSECURITY_PAY");
  }

  @Override
  public Door door() {
    return door;
  }

  @Override
  public ObjectNode answer(GatewayCall call) {
    var order = TradeOrderFields.read(call, productCode).order(call);
    var trade = opened(call, order, TradeOrderFields.product(call, productCode));
    if (trade.isWaiting() && call.settings().approvesAutomatically()) {
      trade = call.payments().approve(trade);
    }
    requirePayable(trade);
    return Json.object()
        .put("trade_no", trade.tradeNo())
        .put("out_trade_no", order.orderNo())
        .put("total_amount", order.amount().decimal())
        .put("seller_id", call.app().account());
  }

  @Override
  public Optional<String> confirmationPage(GatewayCall call, ObjectNode answer) {
    var tradeNo = answer.path("trade_no").asString();
    return call.psp()
        .payments()
        .find(tradeNo)
        .filter(Trade::isWaiting)
        .map(trade -> "cashier/" + trade.tradeNo());
  }

  /**
   * @throws GatewayRefusal {@code ACQ.BUYER_BALANCE_NOT_ENOUGH}, {@code ACQ.CONTEXT_INCONSISTENT}
   */
  private static Trade opened(GatewayCall call, PaymentOrder order, PaymentProduct product) {
    var instrument =
        call.payments()
            .instrument(order.buyer(), order.amount(), call.world().clock().instant())
            .orElseThrow(() -> new GatewayRefusal(SubCode.ACQ_BUYER_BALANCE_NOT_ENOUGH));
    try {
      return call.payments().open(order, instrument, product);
    } catch (Refusal taken) {
      throw new GatewayRefusal(
          taken.problem() == Problem.PAYMENT_CLOSED
              ? SubCode.ACQ_TRADE_HAS_SUCCESS
              : SubCode.ACQ_CONTEXT_INCONSISTENT,
          taken.detail());
    }
  }

  private static void requirePayable(Trade trade) {
    if (trade.progress().failure() == Problem.INSUFFICIENT_BALANCE) {
      throw new GatewayRefusal(SubCode.ACQ_BUYER_BALANCE_NOT_ENOUGH);
    }
    var status = trade.progress().status();
    if (!trade.isWaiting() && status != PaymentStatus.PAID) {
      throw new GatewayRefusal(SubCode.ACQ_TRADE_HAS_CLOSE, status.code());
    }
  }
}
