package org.actsandbox.sandbox.alipay.gateway;

import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code alipay.trade.fastpay.refund.query}: a refund that was not made has no {@code
 * refund_status}, which is how a client tells the two apart (AIP-47).
 */
final class RefundQueryMethod implements GatewayMethod {

  @Override
  public ObjectNode answer(GatewayCall call) {
    var trade = TradeLookup.require(call);
    var number =
        TradeRefundMethod.number(call.text("out_request_no", SubCode.ACQ_INVALID_PARAMETER));
    if (number == null) {
      throw new GatewayRefusal(SubCode.ACQ_INVALID_PARAMETER, "out_request_no is missing");
    }
    var answer =
        Json.object()
            .put("trade_no", trade.tradeNo())
            .put("out_trade_no", trade.terms().bill().orderNo())
            .put("out_request_no", number)
            .put("total_amount", trade.terms().amount().decimal());
    call.psp()
        .refunds()
        .find(trade.terms().bill().payee(), TradeRefundMethod.requestId(call, trade, number))
        .ifPresent(
            refund ->
                answer
                    .put("refund_status", "REFUND_SUCCESS")
                    .put("refund_amount", refund.amount())
                    .put("gmt_refund_pay", AlipayNotices.time(refund.refundedAt())));
    return answer;
  }
}
