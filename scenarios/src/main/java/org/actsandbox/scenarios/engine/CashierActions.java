package org.actsandbox.scenarios.engine;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The principal at the cashier of an outside agent's payment, and the proof afterwards. */
final class CashierActions {

  private CashierActions() {}

  static ObjectNode cashier(Stage stage, JsonNode arguments) {
    var deal = DealActions.deal(stage, arguments);
    var buyer = DealActions.buyer(stage, deal, arguments);
    var tradeNo = deal.need("trade_no", Verb.PAY).asString();
    var address = "/psp/payments/" + tradeNo + "/approval";
    var decision = arguments.path("decision").asString("APPROVE");
    var digest = arguments.path("digest").asString("");
    if (digest.isEmpty()) {
      digest = buyer.cashier(tradeNo).json().path("digest").asString("");
    }
    var answer = Json.object().put("decision", decision).put("digest", digest);
    if (decision.equals("APPROVE")) {
      answer.put("pin", arguments.path("pin").asString(Buyer.DEMO_PIN));
    }
    Edits.apply(arguments.path("with"), answer);
    var key = stage.key(arguments.path("key").asString("principal"));
    var result = Answers.to(() -> buyer.post(address, key, answer));
    result.put("trade_no", tradeNo);
    return result;
  }

  static ObjectNode proof(Stage stage, JsonNode arguments) {
    var deal = DealActions.deal(stage, arguments);
    var buyer = DealActions.buyer(stage, deal, arguments);
    var tradeNo = deal.need("trade_no", Verb.PAY).asString();
    var result = Answers.to(() -> buyer.payment(tradeNo));
    result.put("trade_no", tradeNo);
    var proof = result.at("/body/proof");
    if (proof.isObject()) {
      result.set("proof", proof);
      deal.learn("proof", proof);
    }
    return result;
  }
}
