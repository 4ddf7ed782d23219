package org.actsandbox.sandbox.alipay.gateway;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code alipay.trade.close} for a payment that waits for the buyer (AIP-48). */
final class TradeCloseMethod implements GatewayMethod {

  @Override
  public ObjectNode answer(GatewayCall call) {
    var trade = TradeLookup.require(call);
    if (!trade.isWaiting()) {
      throw new GatewayRefusal(
          SubCode.ACQ_REASON_TRADE_STATUS_INVALID, "it is " + TradeLookup.status(trade));
    }
    try {
      call.psp().payments().close(trade.tradeNo());
    } catch (Refusal decidedMeanwhile) {
      throw new GatewayRefusal(SubCode.ACQ_REASON_TRADE_STATUS_INVALID, decidedMeanwhile.detail());
    }
    return Json.object()
        .put("trade_no", trade.tradeNo())
        .put("out_trade_no", trade.terms().bill().orderNo());
  }
}
