package org.actsandbox.sandbox.alipay.gateway;

import java.time.Duration;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code alipay.trade.order.prepay}: the seller places an order, and hands its {@code
 * prepay_id} to the agent platform. The payment begins when the platform pays (AIP-54, AIP-55).
 */
final class OrderPrepayMethod implements GatewayMethod {

  static final String PRODUCT_CODE = "QUICK_MSECURITY_PAY";

  static final String PRODUCT = "AGENT_PAY";

  private static final Duration VALID = Duration.ofHours(2);

  @Override
  public ObjectNode answer(GatewayCall call) {
    if (!"agent_pay".equals(call.text("payment_type", SubCode.ACQ_INVALID_PARAMETER))) {
      throw new GatewayRefusal(
          SubCode.INVALID_PARAMETER, "payment_type is agent_pay; no other order is prepaid here");
    }
    var fields = TradeOrderFields.read(call, PRODUCT_CODE);
    var order = fields.order(call);
    var digest = RequestFingerprint.digest(CanonicalJson.bytes(order.content()));
    var product = TradeOrderFields.product(call, PRODUCT);
    var prepay =
        call.agreements()
            .findPrepayOf(call.app().appId(), fields.orderNo())
            .orElseGet(() -> placed(call, fields, digest, product));
    if (!prepay.digest().equals(digest)) {
      throw new GatewayRefusal(SubCode.CONTEXT_INCONSISTENT);
    }
    var page = "act-sandbox://trade/" + prepay.tradeNo();
    var answer =
        Json.object()
            .put("out_trade_no", prepay.orderNo())
            .put("trade_no", prepay.tradeNo())
            .put("prepay_id", prepay.prepayId());
    answer.putObject("jump_info").put("normal_url", page).put("scheme_url", page);
    return answer;
  }

  private static AlipayPrepay placed(
      GatewayCall call,
      TradeOrderFields fields,
      String digest,
      AlipayPayments.PaymentProduct product) {
    var tradeNo = call.trades().newTradeNo();
    var now = call.world().clock().instant();
    var latest = now.plus(VALID);
    var prepay =
        new AlipayPrepay(
            call.trades().proof(tradeNo),
            tradeNo,
            call.app().appId(),
            fields.orderNo(),
            fields.amount(),
            fields.subject(),
            digest,
            fields.isTimed() && fields.expiresAt().isBefore(latest) ? fields.expiresAt() : latest);
    // The row of the notices comes first: a payment without it would be told to no address.
    call.trades()
        .add(
            new AlipayTrade(
                tradeNo,
                call.app().appId(),
                "",
                product.code(),
                false,
                prepay.prepayId(),
                fields.subject(),
                product.notifyUrl(),
                null));
    if (!call.agreements().addPrepay(prepay)) {
      // Another request has prepared the same order since it was looked up.
      call.trades().remove(tradeNo);
      return call.agreements().findPrepayOf(call.app().appId(), fields.orderNo()).orElse(prepay);
    }
    return prepay;
  }
}
