package org.actsandbox.sandbox.alipay.gateway;

import java.nio.charset.StandardCharsets;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.trade.Trade;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code alipay.aipay.agent.fulfillment.confirm} (AIP-24 to AIP-28). The request has no
 * number of its own, so a second call of one trade is refused unless a switch says otherwise.
 */
final class FulfilmentConfirmMethod implements GatewayMethod {

  @Override
  public ObjectNode answer(GatewayCall call) {
    var tradeNo = ProofVerificationMethod.requireTradeNo(call);
    var trade =
        call.psp()
            .payments()
            .find(tradeNo)
            .orElseThrow(() -> new GatewayRefusal(SubCode.TRADE_NOT_FOUND));
    if (!call.sells(trade)) {
      throw new GatewayRefusal(SubCode.SELLER_IDENTITY_MISMATCH);
    }
    if (trade.progress().status() != PaymentStatus.PAID) {
      throw new GatewayRefusal(
          SubCode.TRADE_STATUS_INVALID, trade.progress().status().code() + ", not paid");
    }
    confirm(call, trade);
    return Json.object().put("trade_no", tradeNo);
  }

  private static void confirm(GatewayCall call, Trade trade) {
    try {
      call.psp().fulfilments().confirm(trade.tradeNo(), digest(call));
    } catch (Refusal refusal) {
      if (refusal.problem() == Problem.DUPLICATE_REQUEST) {
        repeated(call, trade);
      } else if (refusal.problem() == Problem.ILLEGAL_TRANSITION) {
        throw new GatewayRefusal(SubCode.TRADE_STATUS_INVALID, refusal.detail());
      } else {
        throw refusal;
      }
    }
  }

  private static void repeated(GatewayCall call, Trade trade) {
    call.remark(
        trade,
        "confirmed before; a seller that lost the first answer cannot tell this from another"
            + " status error (AIP-28)");
    if (!call.settings().repeatsConfirm()) {
      throw new GatewayRefusal(SubCode.TRADE_STATUS_INVALID, "confirmed before");
    }
  }

  /**
   * Returns a digest that differs from that of every other confirmation: of two calls at once one
   * is the second.
   */
  private static String digest(GatewayCall call) {
    return RequestFingerprint.digest(
        ("alipay confirm " + call.world().ids().next("C")).getBytes(StandardCharsets.UTF_8));
  }
}
