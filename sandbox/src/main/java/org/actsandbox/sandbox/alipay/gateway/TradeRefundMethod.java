package org.actsandbox.sandbox.alipay.gateway;

import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code alipay.trade.refund}: the pay-per-use profile has no refund, and a payment in
 * ACT's own form is paid back in that form (AIP-300).
 */
final class TradeRefundMethod implements GatewayMethod {

  @Override
  public ObjectNode answer(GatewayCall call) {
    var trade = TradeLookup.require(call);
    call.remark(trade, "the pay-per-use profile has no refund; ACT's own refund is open (AIP-300)");
    throw new GatewayRefusal(SubCode.ACQ_TRADE_NOT_ALLOW_REFUND);
  }
}
