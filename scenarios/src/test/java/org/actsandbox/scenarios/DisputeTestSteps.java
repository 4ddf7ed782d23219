package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes claims about orders of one shop, and the statements and refunds that follow, for tests. */
final class DisputeTestSteps {

  static final String SHOP = "luma-mart";
  static final String DISPUTES = "/trust/disputes";

  private DisputeTestSteps() {}

  static ScenarioTestWorld.HeldOrder bought(
      ScenarioTestWorld scenarioTestWorld, String id, boolean delivered) {
    var heldOrder = scenarioTestWorld.held(id, SHOP, ScenarioTestWorld.charger());
    var tradeNo = scenarioTestWorld.asked(heldOrder);
    assertThat(scenarioTestWorld.approve(tradeNo).json().path("status").asString())
        .isEqualTo("paid");
    if (delivered) {
      var reply =
          scenarioTestWorld
              .buyer()
              .sendProof(heldOrder.resource(), scenarioTestWorld.proof(tradeNo));
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }
    return heldOrder;
  }

  static ObjectNode claim(String orderNo, String kind, String says) {
    return Json.object()
        .put("order_no", orderNo)
        .put("kind", kind)
        .put("description", says)
        .put("pin", PurchaseClient.DEMO_PIN);
  }

  static String opened(
      ScenarioTestWorld scenarioTestWorld,
      ScenarioTestWorld.HeldOrder heldOrder,
      String kind,
      String says) {
    var reply =
        scenarioTestWorld
            .buyer()
            .post(
                DISPUTES,
                scenarioTestWorld.target().keys().principal(),
                claim(heldOrder.orderNo(), kind, says));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    scenarioTestWorld.advance("PT0S");
    return reply.json().path("dispute_id").asString();
  }

  static String refusal(ScenarioTestWorld scenarioTestWorld, ObjectNode claim) {
    return scenarioTestWorld
        .buyer()
        .post(DISPUTES, scenarioTestWorld.target().keys().principal(), claim)
        .code();
  }

  static void answered(
      ScenarioTestWorld scenarioTestWorld,
      String id,
      ScenarioTestWorld.HeldOrder heldOrder,
      List<String> records) {
    assertThat(sent(scenarioTestWorld, id, statement(scenarioTestWorld, id, heldOrder, records)))
        .isEqualTo(204);
  }

  /** Builds the outside agent's evidence, which the agent sends without being asked. */
  static ObjectNode statement(
      ScenarioTestWorld scenarioTestWorld,
      String id,
      ScenarioTestWorld.HeldOrder heldOrder,
      List<String> records) {
    var statement = Json.object();
    statement.put("dispute_id", id).put("order_no", heldOrder.orderNo());
    statement.put("party", scenarioTestWorld.buyer().agent().agentId()).put("role", "PAYER_AGENT");
    statement.put("says", "I bought it, " + records.size() + " records.");
    var ids = statement.putArray("record_ids");
    records.forEach(ids::add);
    statement.putObject("papers");
    statement.put("made_at", "2026-03-02T01:00:00Z");
    var evidence = Json.object();
    evidence.set("statement", scenarioTestWorld.buyer().signed(statement));
    evidence.putObject("papers");
    return evidence;
  }

  static int sent(ScenarioTestWorld scenarioTestWorld, String id, ObjectNode evidence) {
    return scenarioTestWorld
        .buyer()
        .post(DISPUTES + "/" + id + "/statements", null, evidence)
        .status();
  }

  static JsonNode dispute(ScenarioTestWorld scenarioTestWorld, String id) {
    return scenarioTestWorld
        .client()
        .get(
            scenarioTestWorld.target().at(DISPUTES + "/" + id),
            scenarioTestWorld.target().keys().principal());
  }

  static OutboundClient.Answer bundle(
      ScenarioTestWorld scenarioTestWorld, String id, @Nullable String key) {
    Map<String, String> headers = key == null ? Map.of() : Map.of("Authorization", "Bearer " + key);
    return scenarioTestWorld
        .client()
        .outbound()
        .send(
            OutboundClient.Call.get(
                scenarioTestWorld.target().at(DISPUTES + "/" + id + "/bundle"),
                headers,
                Duration.ofSeconds(30)));
  }

  static String fault(
      ScenarioTestWorld scenarioTestWorld, String name, String participant, String operation) {
    var order =
        Json.object().put("name", name).put("participant", participant).put("operation", operation);
    return scenarioTestWorld
        .client()
        .post(
            scenarioTestWorld.target().api("/faults"),
            scenarioTestWorld.target().keys().operator(),
            order)
        .at("/fault/id")
        .asString();
  }

  static void cleared(ScenarioTestWorld scenarioTestWorld, String fault) {
    scenarioTestWorld
        .client()
        .send(
            "DELETE",
            scenarioTestWorld.target().api("/faults/" + fault),
            scenarioTestWorld.target().keys().operator(),
            null);
  }

  static Money balance(ScenarioTestWorld scenarioTestWorld) {
    return Money.yuan(
        scenarioTestWorld.wallet().path("accounts").path(0).path("amount").asString());
  }

  static String sum(ScenarioTestWorld scenarioTestWorld) {
    return scenarioTestWorld
        .client()
        .get(
            scenarioTestWorld.target().at("/psp/ledger/balance"),
            scenarioTestWorld.target().keys().operator())
        .path("sum")
        .asString();
  }
}
