package org.actsandbox.sandbox.alipay.endpoint;

import java.time.Duration;
import java.util.regex.Pattern;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.alipay.cashier.AlipayCashier;
import org.actsandbox.sandbox.alipay.cashier.BillRefusal;
import org.actsandbox.sandbox.alipay.gateway.AlipayGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves the address at which the official buyer script pays. The script's path has no room for a
 * world; the world follows from the seller's application (AIP-181, AIP-306).
 */
@RestController
class CashierEndpoint {

  /**
   * Is what the script posts, with its names (AIP-178).
   *
   * @param protocol who sells what, and who pays
   * @param method the amount and the seller's signature
   * @param signature the buyer's; the script leaves it empty or sends a dash
   */
  record BuyerMessage(ObjectNode protocol, ObjectNode method, @Nullable ObjectNode signature) {}

  private static final Pattern WAIT = Pattern.compile("\\bwait=([0-9]{1,4})\\b");

  @EndpointSummary("Pay a bill in Alipay's form")
  @WireMessages(takes = BuyerMessage.class)
  @PostMapping("/w/{world}/openclawpay/agent/v1/pay")
  ObjectNode pay(
      AlipayGateway gateway,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
      @RequestBody(required = false) byte[] body) {
    var order = CashierOrder.read(body == null ? new byte[0] : body);
    if (order.isEmpty()) {
      return refused("请求不是有效的 JSON（the body has no objects protocol and method）");
    }
    try {
      var result = new AlipayCashier(gateway).pay(order.get(), patience(prefer));
      return paid(result);
    } catch (BillRefusal refusal) {
      return refused(refusal.text());
    }
  }

  /** Reads how long the caller wants to wait (RFC 7240, 4.3); the script does not say it. */
  private static Duration patience(@Nullable String prefer) {
    var wait = WAIT.matcher(prefer == null ? "" : prefer);
    if (!wait.find()) {
      return AlipayCashier.PATIENCE;
    }
    var wanted = Duration.ofSeconds(Long.parseLong(wait.group(1)));
    return wanted.compareTo(AlipayCashier.PATIENCE) < 0 ? wanted : AlipayCashier.PATIENCE;
  }

  /** The real answer's full shape is unknown; the script needs the first three (AIP-184). */
  private static ObjectNode paid(AlipayCashier.CashierResult result) {
    var trade = result.trade();
    var answer = Json.object().put("success", true);
    answer.put("payScheme", "act-sandbox://trade/" + trade.tradeNo());
    var protocol = answer.putObject("protocol");
    protocol.put("tradeNo", trade.tradeNo());
    protocol.put("outTradeNo", trade.terms().bill().orderNo());
    if (result.paid()) {
      // Ours: the script invents a proof of its own, other buyers take this one (AIP-185).
      protocol.put("paymentProof", result.proof());
    }
    answer.put("status", trade.progress().status().code());
    return answer;
  }

  private static ObjectNode refused(String text) {
    return Json.object()
        .put("success", false)
        .put("errorCode", "PARAM_INVALID")
        .put("errorMessage", text);
  }
}
