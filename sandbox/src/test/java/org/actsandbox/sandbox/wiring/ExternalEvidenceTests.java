package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.evidence.EvidenceBundles;
import org.actsandbox.sandbox.external.MerchantHost;
import org.actsandbox.sandbox.external.StarterShop;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Tests the evidence of merchants outside that keep their own records, the published starter, and
 * that no merchant gets at another one's purchase by its order number.
 */
class ExternalEvidenceTests {

  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");

  /** The claims that can be made, with what each needs. */
  private static final Map<String, Map<String, String>> CLAIMS =
      Map.of(
          "not_delivered", Map.of(),
          "wrong_item", Map.of(),
          "not_authorized", Map.of(),
          "amount_differs", Map.of("expected_amount", "0.10"));

  private final SandboxServer server = SandboxServer.shared();
  private final World world =
      server
          .worlds()
          .create(
              new Worlds.NewWorld(
                  null,
                  null,
                  WorldSettings.DEFAULT.withMerchants(List.of("luma-mart")),
                  ClockState.of(WorldClock.Mode.STOPPED, START, START)));

  private String added(String id, String level, String kind) {
    var body = new HashMap<String, Object>(Map.of("id", id, "kind", kind, "level", level));
    body.put("url", StarterShop.freeAddress());
    body.put("name", id.replace('-', ' '));
    if (level.equals("gate")) {
      body.put("resource", "/report");
    }
    var answer =
        server.post(
            "/api/worlds/" + world.name() + "/merchants",
            Json.write(body),
            bearer(server.operator(world)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().path("env").asString();
  }

  /** Buys the first offer of the merchant for the sentence; returns the order's number. */
  private String bought(String sentence, String merchant) {
    var conversation = new DirectedConversation(server, world);
    conversation.says(sentence);
    var offer =
        conversation.told("offers").getLast().findParents("offer_id").stream()
            .filter(each -> each.path("merchant_id").asString("").equals(merchant))
            .findFirst();
    assertThat(offer).as(conversation.said()).isPresent();
    conversation.post(
        conversation.conversationPath() + "/choice",
        Json.write(Map.of("offer_ids", List.of(offer.get().path("offer_id").asString()))));
    conversation.rests();
    conversation.approvesLast();
    assertThat(conversation.told("delivery")).as(conversation.said()).hasSize(1);
    return conversation.told("payment_needed").getLast().path("order_no").asString();
  }

  private void awaitRecord(String id) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                server
                        .get(
                            "/w/" + world.name() + "/trust/records/" + id,
                            bearer(server.operator(world)))
                        .status()
                    == 200);
  }

  private SandboxServer.Answer claim(String orderNo, String kind, Map<String, String> more) {
    var body = new HashMap<String, String>(Map.of("order_no", orderNo, "kind", kind));
    body.putAll(Map.of("description", "Wrong.", "pin", "246810"));
    body.putAll(more);
    return server.post("/w/" + world.name() + "/trust/disputes", Json.write(body), principal());
  }

  private String[] principal() {
    return bearer(world.roleKey(Role.PRINCIPAL, null));
  }

  private JsonNode decided(String orderNo, String kind, Map<String, String> more) {
    var opened = claim(orderNo, kind, more);
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    world.clock().advanceTo(world.clock().instant());
    return server
        .get(
            "/w/" + world.name() + "/trust/disputes/" + opened.json().path("dispute_id").asString(),
            principal())
        .json();
  }

  private List<JsonNode> orders(String query) {
    return server
        .get("/w/" + world.name() + "/orders" + query, bearer(world.roleKey(Role.AGENT, null)))
        .json()
        .path("items")
        .valueStream()
        .toList();
  }

  @Test
  void aGateWithItsRecordIsListedAndWinsEveryDispute() {
    var env = added("tea-gate", "gate", "service");
    try (var _ = StarterShop.start(env)) {
      var number = bought("Buy the report from tea-gate", "tea-gate");
      awaitRecord("tea-gate.delivery." + number);

      assertThat(orders(""))
          .singleElement()
          .satisfies(
              order -> {
                assertThat(order.path("order_no").asString()).isEqualTo(number);
                assertThat(order.path("merchant_id").asString()).isEqualTo("tea-gate");
                assertThat(order.path("status").asString()).isEqualTo("DELIVERED");
                assertThat(order.path("total").asString()).isEqualTo("0.50");
              });
      assertThat(orders("?merchant=tea-gate&status=HELD")).isEmpty();
      CLAIMS.forEach(
          (kind, more) -> {
            var dispute = decided(number, kind, more);
            assertThat(dispute.path("outcome").asString())
                .as(dispute.toString())
                .isEqualTo("dismissed");
          });
      assertThat(new EvidenceBundles(world).verified(number).verified()).isTrue();
    }
  }

  @Test
  void aShopWithItsRecordsWinsEveryDispute() {
    var env = added("tea-shop", "shop", "shop");
    try (var _ = StarterShop.start(env)) {
      var number = bought("I would like some longjing tea", "tea-shop");
      awaitRecord("tea-shop.delivery." + number);

      CLAIMS.forEach(
          (kind, more) -> {
            var dispute = decided(number, kind, more);
            assertThat(dispute.path("outcome").asString())
                .as(dispute.toString())
                .isEqualTo("dismissed");
          });
      assertThat(new EvidenceBundles(world).verified(number).verified()).isTrue();
    }
  }

  /** Pays a bill of the merchant with an order number of its choice; returns the trade's number. */
  private String paid(String env, String merchant, String number) {
    var signer = MerchantHost.signer(env);
    var protocol = Json.object().put("method_id", "act-sandbox:instant");
    protocol.put("method_version", "1.0.0").put("out_trade_no", number).put("amount", "0.50");
    protocol.put("currency", "CNY").put("resource_id", "report");
    protocol.put("pay_before", START.plus(Duration.ofMinutes(15)).toString());
    protocol.put("seller_unique_id", "did:act:" + merchant).put("request_method", "GET");
    protocol.put("request_fingerprint", RequestFingerprint.digest(new byte[0]));
    protocol.put("replay_window_seconds", 86400);
    var bill = SignedJson.sign(protocol, signer);
    var method = Json.object().put("psp_id", World.PSP.value());
    method.put("endpoint", world.at("/psp/payments").toString());
    method.put(
        "method_schema_url",
        world.at("/psp/methods/act-sandbox-instant/1.0.0.schema.json").toString());
    method.put("bill_digest", RequestFingerprint.digest(CanonicalJson.bytes(bill)));
    var agent = bearer(world.roleKey(Role.AGENT, null));
    var base = "/w/" + world.name() + "/psp";
    var request = Json.object().put("request_id", "pay-" + merchant);
    request.put("agent_id", World.AGENT.value()).put("merchant_order_no", number);
    request.put(
        "instrument_ref",
        server.get(base + "/instruments", agent).json().at("/items/0/instrument_ref").asString());
    request.put("payee", "did:act:" + merchant).put("amount", "0.50").put("currency", "CNY");
    request.put("timestamp", START.toString());
    request.set("bill", bill);
    request.set("bill_method", SignedJson.sign(method, signer));
    var made =
        server.post(
            base + "/payments",
            Json.write(SignedJson.sign(request, world.signer(World.AGENT))),
            agent);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var trade = made.json().path("trade_no").asString();
    new DirectedConversation(server, world).approves(trade);
    return trade;
  }

  @Test
  void aMerchantThatUsesAnotherOnesOrderNumberGetsAtNothingOfIt() {
    var env = added("tea-gate", "gate", "service");
    try (var _ = StarterShop.start(env)) {
      var number = bought("Buy the report from tea-gate", "tea-gate");
      awaitRecord("tea-gate.delivery." + number);
      var victims = orders("?merchant=tea-gate").getFirst().path("trade_no").asString();
      // Its name sorts before all records' ids, where a cause was looked for by number alone.
      var thief = added("1-thief", "gate", "service");
      var own = paid(thief, "1-thief", number);

      assertThat(orders("?merchant=tea-gate").getFirst().path("trade_no").asString())
          .isEqualTo(victims);
      assertThat(orders("?merchant=1-thief").getFirst().path("trade_no").asString()).isEqualTo(own);
      assertThat(claim(number, "not_delivered", Map.of()).text())
          .contains("invalid_field", "merchant");
      assertThat(decided(number, "not_delivered", Map.of("merchant", "1-thief")).toString())
          .contains(own)
          .doesNotContain(victims);
      var dispute = decided(number, "not_delivered", Map.of("merchant", "tea-gate"));
      assertThat(dispute.path("outcome").asString()).as(dispute.toString()).isEqualTo("dismissed");
      assertThat(disputes(number, "tea-gate")).doesNotContain(own);
      assertThat(disputes(number, "1-thief")).doesNotContain(victims);
      assertThat(refusedThief("/psp/fulfilments", delivery(victims, number), thief))
          .contains("key_forbidden");
      assertThat(refusedThief("/psp/refunds", refund(victims), thief)).contains("key_forbidden");
      var bundles = new EvidenceBundles(world);
      assertThat(bundles.verified(number, Did.of("tea-gate")).verified()).isTrue();
      assertThat(bundles.verified(number, Did.of("1-thief")).verified()).isTrue();
      var open = server.get(api("/orders/" + number + "/bundle"), bearer(server.operator(world)));
      assertThat(open.text()).contains("invalid_field", "1-thief, tea-gate");
    }
  }

  private String api(String path) {
    return "/api/worlds/" + world.name() + path;
  }

  private String disputes(String number, String merchant) {
    var path = "/w/%s/trust/disputes?order_no=%s&merchant=%s";
    return server.get(path.formatted(world.name(), number, merchant), principal()).text();
  }

  private static Map<String, String> delivery(String trade, String number) {
    return Map.of(
        "request_id",
        "F-1",
        "trade_no",
        trade,
        "out_trade_no",
        number,
        "resource_id",
        "report",
        "delivered_at",
        START.toString(),
        "delivery_digest",
        RequestFingerprint.digest(new byte[0]));
  }

  private static Map<String, String> refund(String trade) {
    return Map.of(
        "refund_request_id", "R-1",
        "trade_no", trade,
        "amount", "0.50",
        "currency", "CNY",
        "reason", "none",
        "timestamp", START.toString());
  }

  /** Sends the thief's own signed message about the purchase of another merchant. */
  private String refusedThief(String path, Map<String, String> message, String env) {
    var body = Json.object();
    message.forEach(body::put);
    return server
        .post(
            "/w/" + world.name() + path,
            Json.write(SignedJson.sign(body, MerchantHost.signer(env))),
            bearer(world.roleKey(Role.MERCHANT, Did.of("1-thief"))))
        .text();
  }

  @Test
  void aBillThatIsNotPaidIsListedUntilItEnds() {
    var env = added("tea-gate", "gate", "service");
    try (var _ = StarterShop.start(env)) {
      var billed = server.get("/w/" + world.name() + "/merchants/tea-gate/report");
      assertThat(A402Headers.decode(A402Headers.PAYMENT_NEEDED, billed.header("Payment-Needed")))
          .isNotEmpty();
      assertThat(orders("")).isEmpty();
      var conversation = new DirectedConversation(server, world);
      conversation.says("Buy the report from tea-gate");
      var offer = conversation.told("offers").getLast().findParents("offer_id").getFirst();
      conversation.post(
          conversation.conversationPath() + "/choice",
          Json.write(Map.of("offer_ids", List.of(offer.path("offer_id").asString()))));
      conversation.rests();

      assertThat(orders("?status=HELD")).hasSize(1);
      conversation.passes(Duration.ofMinutes(16));
      assertThat(orders("?status=EXPIRED")).hasSize(1);
    }
  }
}
