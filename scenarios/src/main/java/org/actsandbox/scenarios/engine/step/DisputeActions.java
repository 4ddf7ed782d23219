package org.actsandbox.scenarios.engine.step;

import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.OutsideAuthority;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.ScriptAmounts;
import org.actsandbox.scenarios.script.Verb;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the steps of a dispute about an order: the claim, an outside agent's statement, the
 * withdrawal, and the query of its state.
 */
final class DisputeActions {

  private static final String PATH = "/trust/disputes";

  private DisputeActions() {}

  static ObjectNode dispute(ScenarioContext scenarioContext, JsonNode arguments) {
    var dispute =
        scenarioContext.outsideAuthority(
            arguments.path("as").asString("complaint"),
            arguments.path("by").asString(ScenarioContext.OUTSIDE_AGENT));
    var result =
        switch (arguments.path("do").asString("open")) {
          case "open" -> open(scenarioContext, dispute, arguments);
          case "answer" -> answer(scenarioContext, dispute, arguments);
          case "withdraw" ->
              call(
                  scenarioContext,
                  arguments,
                  "POST",
                  PATH + "/" + id(dispute) + "/withdraw",
                  Json.object());
          default -> call(scenarioContext, arguments, "GET", PATH + "/" + id(dispute), null);
        };
    learn(dispute, result);
    return result;
  }

  private static ObjectNode open(
      ScenarioContext scenarioContext, OutsideAuthority dispute, JsonNode arguments) {
    var claim = Json.object();
    claim.set("order_no", orderNo(scenarioContext, arguments));
    claim.put("kind", arguments.path("kind").asString("not_delivered"));
    claim.put("description", arguments.path("says").asString("Something is wrong."));
    if (arguments.has("expected")) {
      claim.set("expected_amount", ScriptAmounts.text(arguments.path("expected")));
    }
    if (arguments.has("pin") || arguments.path("key").asString("principal").equals("principal")) {
      claim.put("pin", arguments.path("pin").asString(PurchaseClient.DEMO_PIN));
    }
    MessageEdits.apply(arguments.path("with"), claim);
    dispute.learn("order_no", claim.path("order_no"));
    return call(scenarioContext, arguments, "POST", PATH, claim);
  }

  private static JsonNode orderNo(ScenarioContext scenarioContext, JsonNode arguments) {
    return arguments.has("order_no")
        ? arguments.path("order_no")
        : scenarioContext
            .existingPurchase(arguments.path("of").asString("deal"))
            .need("order_no", Verb.CART);
  }

  /**
   * Sends an outside agent's statement. The dispute service cannot ask such an agent, because it
   * has no address.
   */
  private static ObjectNode answer(
      ScenarioContext scenarioContext, OutsideAuthority dispute, JsonNode arguments) {
    var purchaseClient =
        scenarioContext.purchaseClient(arguments.path("by").asString(dispute.agent()));
    var statement = Json.object();
    statement.put("dispute_id", id(dispute));
    statement.put("order_no", dispute.needText("order_no", Verb.DISPUTE));
    statement.put("party", purchaseClient.agent().agentId());
    statement.put("role", "PAYER_AGENT");
    statement.put("says", arguments.path("says").asString("I have nothing to show."));
    var records = statement.putArray("record_ids");
    arguments.path("records").forEach(records::add);
    statement.putObject("papers");
    statement.put("made_at", scenarioContext.now().toString());
    MessageEdits.apply(arguments.path("with"), statement);
    var signed = purchaseClient.signed(statement);
    MessageEdits.apply(arguments.path("tamper"), signed);
    var evidence = Json.object();
    evidence.set("statement", signed);
    evidence.putObject("papers");
    var path = PATH + "/" + id(dispute) + "/statements";
    return CallAction.call(
        scenarioContext, Json.object().put("path", path).put("key", "none").set("body", evidence));
  }

  private static ObjectNode call(
      ScenarioContext scenarioContext,
      JsonNode arguments,
      String method,
      String path,
      @Nullable ObjectNode body) {
    var call = Json.object().put("method", method).put("path", path);
    call.put("key", arguments.path("key").asString("principal"));
    if (body != null) {
      call.set("body", body);
    }
    return CallAction.call(scenarioContext, call);
  }

  private static void learn(OutsideAuthority dispute, ObjectNode result) {
    dispute.learn("dispute_id", result.at("/body/dispute_id"));
    for (var field : new String[] {"dispute_id", "state", "deadline", "outcome", "refund"}) {
      var value = result.at("/body/" + field);
      if (!value.isMissingNode()) {
        result.set(field, value);
      }
    }
  }

  private static String id(OutsideAuthority dispute) {
    return dispute.needText("dispute_id", Verb.DISPUTE);
  }
}
