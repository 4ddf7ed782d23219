package org.actsandbox.sandbox.alipay.gateway;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code alipay.trade.query}. Whether the real gateway answers it for payments of this
 * profile is unknown; doing so helps a seller and harms no demo (AIP-44, AIP-49).
 */
final class TradeQueryMethod implements GatewayMethod {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(World.ZONE);

  @Override
  public ObjectNode answer(GatewayCall call) {
    var trade = TradeLookup.require(call);
    var terms = trade.terms();
    var answer =
        Json.object()
            .put("trade_no", trade.tradeNo())
            .put("out_trade_no", terms.bill().orderNo())
            .put("trade_status", TradeLookup.status(trade))
            .put("total_amount", terms.amount().decimal())
            .put("buyer_user_id", AlipayNumbers.account(call.world(), terms.principal()));
    if (trade.progress().status() == PaymentStatus.PAID) {
      answer
          .put("buyer_pay_amount", terms.amount().decimal())
          .put("receipt_amount", terms.amount().decimal())
          .put("invoice_amount", terms.amount().decimal());
      Instant paidAt = trade.progress().decidedAt();
      if (paidAt != null) {
        answer.put("send_pay_date", DATE.format(paidAt));
      }
    }
    return answer;
  }
}
