package org.actsandbox.sandbox.alipay.cashier;

import java.time.Duration;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.cashier.BillAdmission.AdmittedBill;
import org.actsandbox.sandbox.alipay.gateway.AlipayGateway;
import org.actsandbox.sandbox.alipay.gateway.AlipayPayments.PaymentOrder;
import org.actsandbox.sandbox.alipay.gateway.AlipayPayments.PaymentProduct;
import org.actsandbox.sandbox.alipay.gateway.AlipayTrade;
import org.actsandbox.sandbox.psp.payment.InstantPayments;
import org.actsandbox.sandbox.psp.trade.Trade;

/**
 * Takes a bill in Alipay's form from the buyer's side and opens a payment for it. The principal
 * decides at the world's cashier, or the world's policy decides at once (AIP-181 to AIP-185).
 */
public final class AlipayCashier {

  /**
   * How long a caller waits for the principal. The official buyer script gives up after a minute,
   * and does not ask again (AIP-172).
   */
  public static final Duration PATIENCE = Duration.ofSeconds(45);

  private static final String NO_SIGNATURE = "-";

  private final AlipayGateway gateway;

  public AlipayCashier(AlipayGateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Represents a payment that the cashier opened, or found open.
   *
   * @param proof what verify takes; only a paid payment has one
   */
  public record CashierResult(Trade trade, String proof) {

    public boolean paid() {
      return trade.progress().status() == PaymentStatus.PAID;
    }
  }

  /**
   * Opens the payment, or finds that of the same bill, and waits for the decision at most {@code
   * patience}.
   *
   * @throws BillRefusal when the bill is wrong or the principal declines
   */
  public CashierResult pay(CashierOrder order, Duration patience) {
    var bill = BillAdmission.admit(gateway, order);
    var trade = opened(bill, NO_SIGNATURE.equals(order.buyerSignature()));
    if (trade.isWaiting() && gateway.settings().approvesAutomatically()) {
      trade = gateway.payments().approve(trade);
    }
    if (trade.isWaiting() && !patience.isZero()) {
      gateway.psp().payments().get(trade.tradeNo(), new Caller(Role.OPERATOR, null), patience);
      trade = gateway.psp().payments().find(trade.tradeNo()).orElseThrow();
    }
    return result(trade);
  }

  private CashierResult result(Trade trade) {
    if (!trade.isWaiting() && trade.progress().status() != PaymentStatus.PAID) {
      var failure = trade.progress().failure();
      throw new BillRefusal(
          "protocol.outTradeNo",
          "的交易已关闭",
          "the payment ended: "
              + trade.progress().status().code()
              + (failure == null ? "" : ", " + failure.code())
              + "; a new order needs a new number");
    }
    return new CashierResult(trade, gateway.trades().proof(trade.tradeNo()));
  }

  /**
   * A bill that is sent again finds its payment also after {@code pay_before}: a buyer whose answer
   * was lost asks for the proof of what was paid in time.
   */
  private Trade opened(AdmittedBill bill, boolean lenient) {
    var now = gateway.world().clock().instant();
    var latest = now.plus(InstantPayments.CASHIER_OPEN);
    var order =
        new PaymentOrder(
            bill.app(),
            bill.buyer(),
            bill.orderNo(),
            bill.resourceId(),
            bill.amount(),
            bill.goodsName(),
            Json.tree(bill.bill()),
            bill.bill().textToSign(),
            bill.payBefore().isBefore(latest) ? bill.payBefore() : latest);
    var known = gateway.payments().find(order);
    if (known.isPresent()) {
      return known.get();
    }
    bill.requirePayable(now);
    var instrument =
        gateway
            .payments()
            .instrument(bill.buyer(), bill.amount(), now)
            .orElseThrow(
                () ->
                    new BillRefusal(
                        "protocol.buyerUniqueId",
                        "没有可用的支付工具",
                        "has no instrument that covers the amount"));
    try {
      return gateway
          .payments()
          .open(
              order, instrument, new PaymentProduct(AlipayTrade.PAY_PER_USE, lenient, null, null));
    } catch (Refusal taken) {
      throw new BillRefusal("protocol.outTradeNo", "重复", taken.detail());
    }
  }
}
