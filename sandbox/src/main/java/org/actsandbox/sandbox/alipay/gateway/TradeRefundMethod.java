package org.actsandbox.sandbox.alipay.gateway;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.payment.PspMessages.RefundRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.alipay.gateway.AlipayTrades.NumberedRefund;
import org.actsandbox.sandbox.psp.refund.Refunds.RefundOutcome;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code alipay.trade.refund} for payments on a page or in an app (AIP-45, AIP-46). The
 * pay-per-use profile has no refund, and a payment in ACT's own form is paid back in that form
 * (AIP-300).
 */
final class TradeRefundMethod implements GatewayMethod {

  private static final int MAX_NUMBER = 64;
  private static final int MAX_REASON = 256;

  @Override
  public ObjectNode answer(GatewayCall call) {
    var trade = TradeLookup.require(call);
    if (call.trades().find(trade.tradeNo()).filter(AlipayTrade::isOfTradeFamily).isEmpty()) {
      call.remark(
          trade, "the pay-per-use profile has no refund; ACT's own refund is open (AIP-300)");
      throw new GatewayRefusal(SubCode.ACQ_TRADE_NOT_ALLOW_REFUND);
    }
    var amount = TradeOrderFields.amount(call.content(), "refund_amount");
    var number = number(call.text("out_request_no", SubCode.ACQ_INVALID_PARAMETER));
    if (number == null && !amount.equals(trade.terms().amount())) {
      throw new GatewayRefusal(
          SubCode.ACQ_INVALID_PARAMETER, "a partial refund needs out_request_no");
    }
    if (trade.progress().status() != PaymentStatus.PAID) {
      throw new GatewayRefusal(SubCode.ACQ_TRADE_STATUS_ERROR, TradeLookup.status(trade));
    }
    var known = number == null ? trade.terms().bill().orderNo() : number;
    var requestId = requestId(call, trade, known);
    call.trades().addRefund(trade.tradeNo(), new NumberedRefund(requestId, known));
    var outcome =
        refunded(
            call,
            new RefundRequest(
                requestId,
                trade.tradeNo(),
                amount.decimal(),
                amount.currency().getCurrencyCode(),
                reason(call),
                call.world().clock().instant(),
                null,
                null,
                null),
            trade);
    var refund = outcome.refund();
    // 10000 says that the request was taken; this field, whether money moved (AIP-45).
    return Json.object()
        .put("trade_no", trade.tradeNo())
        .put("out_trade_no", trade.terms().bill().orderNo())
        .put("buyer_logon_id", trade.terms().principal().name())
        .put("buyer_user_id", AlipayNumbers.account(call.world(), trade.terms().principal()))
        .put("fund_change", outcome.isNew() ? "Y" : "N")
        .put("refund_fee", refund.refundedTotal())
        .put("gmt_refund_pay", AlipayNotices.time(refund.refundedAt()));
  }

  /**
   * @throws GatewayRefusal {@code ACQ.INVALID_PARAMETER}
   */
  static @Nullable String number(@Nullable String number) {
    if (number != null
        && (number.length() > MAX_NUMBER
            || number.codePoints().anyMatch(Character::isISOControl))) {
      throw new GatewayRefusal(
          SubCode.ACQ_INVALID_PARAMETER, "out_request_no has at most 64 characters");
    }
    return number;
  }

  private static String reason(GatewayCall call) {
    var reason = call.text("refund_reason", SubCode.ACQ_INVALID_PARAMETER);
    if (reason == null) {
      return "alipay.trade.refund";
    }
    if (reason.length() > MAX_REASON || reason.codePoints().anyMatch(Character::isISOControl)) {
      throw new GatewayRefusal(
          SubCode.ACQ_INVALID_PARAMETER, "refund_reason has at most 256 characters");
    }
    return reason;
  }

  /** Returns the number of ACT's refund: the seller's number counts for one payment. */
  static String requestId(GatewayCall call, Trade trade, String number) {
    var words = "refund " + trade.tradeNo() + " " + number;
    return "alipay-" + call.trades().proof(words).substring(0, 40);
  }

  private static RefundOutcome refunded(GatewayCall call, RefundRequest request, Trade trade) {
    try {
      return call.psp().refunds().refundFor(request, trade.terms().bill().payee());
    } catch (Refusal refused) {
      throw new GatewayRefusal(subCode(refused.problem()), refused.detail());
    }
  }

  private static SubCode subCode(Problem problem) {
    return switch (problem) {
      case DUPLICATE_REQUEST -> SubCode.ACQ_DISCORDANT_REPEAT_REQUEST;
      case REFUND_EXCEEDS -> SubCode.ACQ_REFUND_AMT_NOT_EQUAL_TOTAL;
      case INSUFFICIENT_BALANCE -> SubCode.ACQ_SELLER_BALANCE_NOT_ENOUGH;
      case REFUND_NOT_ALLOWED -> SubCode.ACQ_TRADE_STATUS_ERROR;
      default -> SubCode.ACQ_SYSTEM_ERROR;
    };
  }
}
