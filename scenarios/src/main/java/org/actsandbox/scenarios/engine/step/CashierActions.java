package org.actsandbox.scenarios.engine.step;

import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the principal's decision at the cashier of an outside agent's payment, and the query for
 * the payment proof.
 */
final class CashierActions {

  private CashierActions() {}

  static ObjectNode cashier(ScenarioContext scenarioContext, JsonNode arguments) {
    var outsidePurchase = OutsidePurchaseActions.purchase(scenarioContext, arguments);
    var purchaseClient =
        OutsidePurchaseActions.purchaseClient(scenarioContext, outsidePurchase, arguments);
    var tradeNo = outsidePurchase.need("trade_no", Verb.PAY).asString();
    var address = "/psp/payments/" + tradeNo + "/approval";
    var decision = arguments.path("decision").asString("APPROVE");
    var digest = arguments.path("digest").asString("");
    if (digest.isEmpty()) {
      digest = purchaseClient.cashier(tradeNo).json().path("digest").asString("");
    }
    var answer = Json.object().put("decision", decision).put("digest", digest);
    if (decision.equals("APPROVE")) {
      answer.put("pin", arguments.path("pin").asString(PurchaseClient.DEMO_PIN));
    }
    MessageEdits.apply(arguments.path("with"), answer);
    var key = scenarioContext.key(arguments.path("key").asString("principal"));
    var result = ReplyFacts.ofCall(() -> purchaseClient.post(address, key, answer));
    result.put("trade_no", tradeNo);
    return result;
  }

  static ObjectNode proof(ScenarioContext scenarioContext, JsonNode arguments) {
    var outsidePurchase = OutsidePurchaseActions.purchase(scenarioContext, arguments);
    var purchaseClient =
        OutsidePurchaseActions.purchaseClient(scenarioContext, outsidePurchase, arguments);
    var tradeNo = outsidePurchase.need("trade_no", Verb.PAY).asString();
    var result = ReplyFacts.ofCall(() -> purchaseClient.payment(tradeNo));
    result.put("trade_no", tradeNo);
    var proof = result.at("/body/proof");
    if (proof.isObject()) {
      result.set("proof", proof);
      outsidePurchase.learn("proof", proof);
    }
    return result;
  }
}
