package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.scenarios.client.Buyer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Claims about what was bought at one shop, and what everybody says and pays because of them. */
final class Claims {

  static final String SHOP = "luma-mart";
  static final String DISPUTES = "/trust/disputes";

  private Claims() {}

  static Stage.Held bought(Stage stage, String id, boolean delivered) {
    var held = stage.held(id, SHOP, Stage.charger());
    var tradeNo = stage.asked(held);
    assertThat(stage.approve(tradeNo).json().path("status").asString()).isEqualTo("paid");
    if (delivered) {
      var reply = stage.buyer().showProof(held.resource(), stage.proof(tradeNo));
      assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }
    return held;
  }

  static ObjectNode claim(String orderNo, String kind, String says) {
    return Json.object()
        .put("order_no", orderNo)
        .put("kind", kind)
        .put("description", says)
        .put("pin", Buyer.DEMO_PIN);
  }

  static String opened(Stage stage, Stage.Held held, String kind, String says) {
    var reply =
        stage
            .buyer()
            .post(DISPUTES, stage.target().keys().principal(), claim(held.orderNo(), kind, says));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    stage.advance("PT0S");
    return reply.json().path("dispute_id").asString();
  }

  static String refusal(Stage stage, ObjectNode claim) {
    return stage.buyer().post(DISPUTES, stage.target().keys().principal(), claim).code();
  }

  static void answered(Stage stage, String id, Stage.Held held, List<String> records) {
    assertThat(sent(stage, id, statement(stage, id, held, records))).isEqualTo(204);
  }

  /** The agent's evidence: it comes from outside and has nobody to ask it. */
  static ObjectNode statement(Stage stage, String id, Stage.Held held, List<String> records) {
    var statement = Json.object();
    statement.put("dispute_id", id).put("order_no", held.orderNo());
    statement.put("party", stage.buyer().agent().agentId()).put("role", "PAYER_AGENT");
    statement.put("says", "I bought it, " + records.size() + " records.");
    var ids = statement.putArray("record_ids");
    records.forEach(ids::add);
    statement.putObject("papers");
    statement.put("made_at", "2026-03-02T01:00:00Z");
    var evidence = Json.object();
    evidence.set("statement", stage.buyer().signed(statement));
    evidence.putObject("papers");
    return evidence;
  }

  static int sent(Stage stage, String id, ObjectNode evidence) {
    return stage.buyer().post(DISPUTES + "/" + id + "/statements", null, evidence).status();
  }

  static JsonNode dispute(Stage stage, String id) {
    return stage
        .client()
        .get(stage.target().at(DISPUTES + "/" + id), stage.target().keys().principal());
  }

  static Outbound.Answer bundle(Stage stage, String id, @Nullable String key) {
    Map<String, String> headers = key == null ? Map.of() : Map.of("Authorization", "Bearer " + key);
    return stage
        .client()
        .outbound()
        .send(
            Outbound.Call.get(
                stage.target().at(DISPUTES + "/" + id + "/bundle"),
                headers,
                Duration.ofSeconds(30)));
  }

  static String fault(Stage stage, String name, String participant, String operation) {
    var order =
        Json.object().put("name", name).put("participant", participant).put("operation", operation);
    return stage
        .client()
        .post(stage.target().api("/faults"), stage.target().keys().operator(), order)
        .at("/fault/id")
        .asString();
  }

  static void cleared(Stage stage, String fault) {
    stage
        .client()
        .send(
            "DELETE",
            stage.target().api("/faults/" + fault),
            stage.target().keys().operator(),
            null);
  }

  static Money balance(Stage stage) {
    return Money.yuan(stage.wallet().path("accounts").path(0).path("amount").asString());
  }

  static String sum(Stage stage) {
    return stage
        .client()
        .get(stage.target().at("/psp/ledger/balance"), stage.target().keys().operator())
        .path("sum")
        .asString();
  }
}
