package org.actsandbox.sandbox.tamper;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.trust.PurchaseEvents;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Tests which check finds each kind of broken evidence, what the storage answers, and that it
 * heals.
 */
class TamperLabTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final String CART = "act:commerce:cart-confirmed";
  private static final String PAID = "act:payment:transaction-completed";

  private final SandboxServer server = SandboxServer.shared();
  private World world;
  private String operator;

  @BeforeEach
  void twoPurchases() {
    world = server.newWorld(NOW);
    operator = server.operator(world);
    PurchaseEvents.happen(world, "R-1");
    PurchaseEvents.happen(world, "R-2");
    advance();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          #kind              | field             | result                 | reason             | storage
          record_changed     | -                 | PAYLOAD_HASH_MISMATCH  | payload_changed    | takes
          record_changed     | /salt             | PAYLOAD_HASH_MISMATCH  | payload_changed    | takes
          record_changed     | /payload_hash     | PAYLOAD_HASH_MISMATCH  | payload_changed    | takes
          record_changed     | /order_no         | CHAIN_HASH_MISMATCH    | anchor_differs     | takes
          record_changed     | /record_time      | CHAIN_HASH_MISMATCH    | anchor_differs     | takes
          record_changed     | /business_time    | SIGNATURE_INVALID      | signature_wrong    | takes
          record_changed     | /record_id        | PAYLOAD_HASH_MISMATCH  | record_malformed   | takes
          record_forged      | -                 | CHAIN_HASH_MISMATCH    | not_included       | refuses
          records_swapped    | -                 | SIGNATURE_INVALID      | signature_wrong    | takes
          signature_swapped  | -                 | SIGNATURE_INVALID      | signature_wrong    | takes
          upstream_reordered | -                 | CHAIN_HASH_MISMATCH    | anchor_differs     | takes
          anchor_rewritten   | -                 | CHAIN_HASH_MISMATCH    | not_included       | refuses
          anchor_removed     | -                 | ANCHOR_NOT_FOUND       | not_on_chain       | refuses
          node_changed       | -                 | CHAIN_HASH_MISMATCH    | not_included       | refuses
          head_changed       | -                 | CHAIN_HASH_MISMATCH    | head_not_signed    | refuses
          key_removed        | -                 | PUBLIC_KEY_UNAVAILABLE | key_not_found      | -
          key_replaced       | -                 | SIGNATURE_INVALID      | signature_wrong    | -
          key_postdated      | -                 | PUBLIC_KEY_UNAVAILABLE | key_not_found      | -
          chain_silent       | -                 | ANCHOR_QUERY_TIMEOUT   | chain_not_answering| -
          """)
  void eachIsFoundByItsCheckAndHeals(
      String kind, String field, String result, String reason, String storage) {
    var id = record(PAID, "R-1");
    var order = Json.object().put("kind", kind).put("record_id", id);
    if (field != null) {
      order.put("field", field);
    }
    var broken = tamper(order.toString());
    assertThat(broken.status()).as(broken.text()).isEqualTo(201);
    var storageAnswer = broken.json().path("storage");
    assertThat(
            storage == null
                ? storageAnswer.isMissingNode()
                : storageAnswer.path("refused").booleanValue() == storage.equals("refuses"))
        .as(broken.text())
        .isTrue();
    if ("refuses".equals(storage)) {
      assertThat(storageAnswer.path("answer").stringValue()).contains("append-only");
    }
    var own = verify(id).path("records").path(0);
    assertThat(own.path("result").stringValue()).as(own.toString()).isEqualTo(result);
    assertThat(own.path("reason").stringValue()).isEqualTo(reason);
    // The audit checks anchors and their signatures, so it also finds a replaced key.
    boolean chainIsTouched = kind.matches("anchor_.*|node_.*|head_.*|key_.*|record_forged");
    assertThat(audit().path("intact").booleanValue()).isEqualTo(!chainIsTouched);

    var healed = delete("/" + broken.json().path("break_id").stringValue());
    assertThat(healed.status()).isEqualTo(204);
    assertAllIsWell(8);
  }

  @Test
  void aRemovedRecordIsMissingForItsFollowers() {
    var cart = record(CART, "R-1");
    var paid = record(PAID, "R-1");
    assertThat(tamper(order("record_removed", cart)).status()).isEqualTo(201);
    var verdict = verify(paid);
    assertThat(verdict.path("verified").booleanValue()).isFalse();
    assertThat(verdict.path("missing").path(0).stringValue()).isEqualTo(cart);
    assertThat(state(verdict, "WALK_UPSTREAM")).isEqualTo("FAILED");
    assertThat(get("/w/" + world.name() + "/trust/records/" + cart).status()).isEqualTo(404);
  }

  @Test
  void theSevenStepsEndAtTheFirstThatFails() {
    var id = record(PAID, "R-1");
    tamper(order("signature_swapped", id));
    var verdict = verify(id);
    assertThat(verdict.path("steps").valueStream().map(each -> each.path("state").stringValue()))
        .containsExactly(
            "PASSED", "PASSED", "PASSED", "FAILED", "NOT_REACHED", "NOT_REACHED", "NOT_REACHED");
    assertThat(state(verify(record(CART, "R-2")), "CONCLUDE")).isEqualTo("PASSED");
  }

  /** Tampered evidence is never used for appending, signing or recording. */
  @TestFactory
  Stream<DynamicTest> nothingIsBuiltOnTamperedEvidence() {
    return Stream.of(
            "node_changed",
            "head_changed",
            "anchor_removed",
            "record_removed",
            "record_forged",
            "key_replaced")
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind,
                    () -> {
                      twoPurchases();
                      assertThat(tamper(order(kind, record(PAID, "R-1"))).status()).isEqualTo(201);
                      PurchaseEvents.happen(world, "R-3");
                      advance();
                      assertThat(delete("").status()).isEqualTo(204);
                      assertAllIsWell(12);
                    }));
  }

  @Test
  void breaksHaveTheirOwnTableAndOutliveTheWorldsUnloading() {
    var id = record(PAID, "R-1");
    tamper(order("record_changed", id));
    var jdbc = server.bean(JdbcClient.class);
    var again = new TamperOverlay(new TamperTable(jdbc, world.partition()));
    assertThat(again.breaks()).hasSize(1);
    assertThat(again.record(id, "stored")).isNotEqualTo("stored");
    var stored =
        jdbc.sql("select record from trust_record where world = ? and record_id = ?")
            .params(world.partition(), id)
            .query(String.class)
            .single();
    assertThat(stored).contains("39.90");
    var shown = get("/w/" + world.name() + "/trust/records/" + id).json();
    assertThat(shown.at("/record/event_body/total").stringValue()).isEqualTo("49.90");
  }

  @Test
  void removingTheFaultHealsTheSilentChain() {
    tamper(order("chain_silent", record(PAID, "R-1")));
    world.faults().clear();
    assertThat(get(path("")).json().path("items").size()).isZero();
    assertThat(delete("").status()).isEqualTo(204);
    assertAllIsWell(8);
  }

  @Test
  void everyBreakAndEveryHealIsInTheJournal() {
    var id = record(CART, "R-2");
    tamper(order("record_changed", id));
    delete("");
    var journal = get("/api/worlds/" + world.name() + "/journal?order_no=R-2").text();
    assertThat(journal).contains("evidence-broken", "evidence-healed", id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"kind":"arson","record_id":"E"}                                       | 400 | invalid_field  | kind
          {"record_id":"E"}                                                      | 400 | invalid_field  | kind
          {"kind":"record_changed"}                                              | 400 | invalid_field  | record_id
          {"kind":"record_changed","record_id":"E-none"}                         | 404 | not_found      | record_id
          {"kind":"record_changed","record_id":"E","field":"salt"}               | 400 | invalid_field  | field
          {"kind":"record_changed","record_id":"E","field":"/no/such"}           | 400 | invalid_field  | field
          {"kind":"record_changed","record_id":"E","field":"/event_type"}        | 400 | invalid_field  | field
          {"kind":"records_swapped","record_id":"E","with":"E"}                  | 400 | invalid_field  | with
          {"kind":"key_removed","record_id":"E","signer_id":"nobody"}            | 400 | invalid_field  | signer_id
          {"kind":"key_removed","record_id":"E","signer_id":"did:act:x#key-9"}   | 400 | invalid_field  | signer_id
          not json                                                               | 400 | malformed_json |
          """)
  void invalidRequestsAreRefusedWithTheirReason(
      String body, int status, String code, String field) {
    var answer = tamper(body.replace("\"E\"", "\"" + record(PAID, "R-1") + "\""));
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("code").asString()).isEqualTo(code);
    if (field != null) {
      assertThat(answer.json().path("field").asString("")).isEqualTo(field);
    }
    assertThat(get(path("")).json().path("items").size()).isZero();
  }

  @Test
  void anItemIsBrokenOnceAndTheNumberOfBreaksIsLimited() {
    var id = record(PAID, "R-1");
    assertThat(tamper(order("record_changed", id)).status()).isEqualTo(201);
    var again = tamper(order("signature_swapped", id));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("code").asString()).isEqualTo("already_tampered");
    assertThat(delete("/B-none").status()).isEqualTo(404);
    for (int i = 1; i < TamperLab.MAX_AT_ONCE; i++) {
      assertThat(tamper(order("chain_silent", id)).status()).isEqualTo(201);
    }
    assertThat(tamper(order("node_changed", id)).json().path("code").asString())
        .isEqualTo("limit_exceeded");
  }

  @Test
  void onlyTheOperatorMayBreakAnything() {
    for (var role : List.of(Role.PRINCIPAL, Role.AGENT)) {
      var key = bearer(world.roleKey(role, null));
      assertThat(server.post(path(""), order("record_changed", "E"), key).status()).isEqualTo(403);
      assertThat(server.get(path(""), key).status()).isEqualTo(403);
    }
    assertThat(server.post(path(""), "{}").status()).isEqualTo(401);
  }

  private void assertAllIsWell(int height) {
    var audit = audit();
    assertThat(audit.path("intact").booleanValue()).as(audit.toString()).isTrue();
    assertThat(audit.path("tree_size").intValue()).isEqualTo(height);
    var records = get("/w/" + world.name() + "/trust/records").json().path("items");
    assertThat(records.size()).isEqualTo(height);
    for (var each : records) {
      var verdict = verify(each.path("record_id").stringValue());
      assertThat(verdict.path("verified").booleanValue()).as(verdict.toString()).isTrue();
    }
  }

  private static String state(JsonNode verdict, String step) {
    return verdict
        .path("steps")
        .valueStream()
        .filter(each -> each.path("step").stringValue().equals(step))
        .map(each -> each.path("state").stringValue())
        .findFirst()
        .orElse("");
  }

  private String record(String event, String orderNo) {
    var query = "/trust/records?event=" + event + "&order_no=" + orderNo;
    return get("/w/" + world.name() + query).json().at("/items/0/record_id").stringValue();
  }

  private static String order(String kind, String recordId) {
    return Json.object().put("kind", kind).put("record_id", recordId).toString();
  }

  private JsonNode audit() {
    return get("/w/" + world.name() + "/trust/audit").json();
  }

  private JsonNode verify(String recordId) {
    var order = Json.object().put("record_id", recordId).put("upstream", true);
    var answer =
        server.post(
            "/w/" + world.name() + "/trust/verifications", order.toString(), bearer(operator));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private Answer tamper(String body) {
    return server.post(path(""), body, bearer(operator));
  }

  private Answer delete(String path) {
    return server.send("DELETE", path(path), null, bearer(operator));
  }

  private Answer get(String path) {
    return server.get(path, bearer(operator));
  }

  private String path(String path) {
    return "/api/worlds/" + world.name() + "/tampering" + path;
  }

  private void advance() {
    var answer =
        server.post(
            "/api/worlds/" + world.name() + "/clock/advance",
            "{\"by\": \"PT0S\"}",
            bearer(operator));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }
}
