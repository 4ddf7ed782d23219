package org.actsandbox.sandbox.alipay.gateway;

import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.sandbox.psp.trade.Trade;

/**
 * Finds the payment that a method of the trade family is about, and says its state in that family's
 * words (AIP-44, AIP-198).
 */
final class TradeLookup {

  private static final int MAX_NUMBER = 64;

  private TradeLookup() {}

  /**
   * Finds the payment by {@code trade_no}, which counts first, or by {@code out_trade_no}. Ours:
   * the seller's number finds a payment that is waiting or paid, because a closed one may have a
   * successor of the same number.
   *
   * @throws GatewayRefusal {@code ACQ.INVALID_PARAMETER}, {@code ACQ.TRADE_NOT_EXIST}
   */
  static Trade require(GatewayCall call) {
    var tradeNo = call.text("trade_no", SubCode.ACQ_INVALID_PARAMETER);
    var orderNo = call.text("out_trade_no", SubCode.ACQ_INVALID_PARAMETER);
    if (tradeNo == null && orderNo == null) {
      throw new GatewayRefusal(SubCode.ACQ_INVALID_PARAMETER, "trade_no or out_trade_no");
    }
    if ((tradeNo != null && !ProofVerificationMethod.TRADE_NO.matcher(tradeNo).matches())
        || (orderNo != null && !isNumber(orderNo))) {
      throw new GatewayRefusal(SubCode.ACQ_TRADE_NOT_EXIST);
    }
    var payments = call.psp().payments();
    var found =
        tradeNo != null
            ? payments.find(tradeNo)
            : payments.findOpen(
                new Trade.Bill(call.app().owner(), String.valueOf(orderNo), "", "", "", null));
    return found
        .filter(call::sells)
        .orElseThrow(() -> new GatewayRefusal(SubCode.ACQ_TRADE_NOT_EXIST));
  }

  private static boolean isNumber(String orderNo) {
    return orderNo.length() <= MAX_NUMBER
        && orderNo.codePoints().noneMatch(Character::isISOControl);
  }

  /** Returns the state: a confirmed payment is finished, one that was paid back whole is closed. */
  static String status(Trade trade) {
    var progress = trade.progress();
    if (trade.isWaiting()) {
      return "WAIT_BUYER_PAY";
    }
    if (progress.status() != PaymentStatus.PAID
        || progress.refunded().equals(trade.terms().amount())) {
      return "TRADE_CLOSED";
    }
    return progress.deliveryDigest() == null ? "TRADE_SUCCESS" : "TRADE_FINISHED";
  }
}
