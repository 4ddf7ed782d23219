package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.actsandbox.sandbox.wiring.TwoPrincipalsWorld.PIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.key.KnownRsaPairs;
import org.actsandbox.sandbox.notification.WebhookReceiver;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Sends over HTTP the requests that other tests make without HTTP or in other modules. The examples
 * of the OpenAPI document come from here.
 */
class DescribedExchangesTests {

  private static final String SHOP = "luma-mart";
  private static final String AGENT = "did:act:demo-agent";

  private final SandboxServer server = SandboxServer.shared();
  private final DirectedConversation talk = new DirectedConversation();
  private final World world = talk.world;
  private final String operator = server.operator(world);
  private final String agent = world.roleKey(Role.AGENT, null);

  private JsonNode own(String method, String path, Map<String, ?> body, String key) {
    return called(method, "/w/" + world.name() + path, body, key);
  }

  private JsonNode api(String method, String path, Map<String, ?> body) {
    return called(method, "/api/worlds/" + world.name() + path, body, operator);
  }

  private JsonNode called(String method, String path, Map<String, ?> body, String key) {
    var text = method.equals("GET") ? null : Json.write(body);
    var answer = server.send(method, path, text, bearer(key));
    assertThat(answer.status()).as(path + ": " + answer.text()).isBetween(200, 299);
    return answer.text().isEmpty() ? Json.object() : answer.document();
  }

  private String shop() {
    return world.roleKey(Role.MERCHANT, Did.of(SHOP));
  }

  /** Buys a charger and returns the payment. */
  private JsonNode bought() {
    talk.says("Buy me a phone charger under 100 yuan").takesRecommended().approvesLast();
    assertThat(talk.paid()).hasSize(1);
    return talk.paid().getFirst();
  }

  private static String shopOf(JsonNode payment) {
    return payment.path("payee").asString().replace("did:act:", "");
  }

  /** Checks ACT CRD-9.d: what a person of the hotel decides after a review is done at once. */
  @Test
  void aHotelGivesADepositBackOnceAndEarly() {
    for (var hotel : List.of("stayhub", "gotrip-hotels")) {
      own(
          "POST",
          "/merchants/" + hotel + "/deposit-policy",
          Map.of("amount", "300.00"),
          key(hotel));
      own("GET", "/merchants/" + hotel + "/deposit-policy", Map.of(), key(hotel));
    }
    talk.says("Find me a hotel in Shanghai from tomorrow, two nights")
        .takesRecommended()
        .approvesLast();
    var payment = talk.paid().getFirst();
    var hotel = shopOf(payment);
    var path =
        "/merchants/%s/orders/%s/deposit-return"
            .formatted(hotel, payment.path("merchant_order_no").asString());

    var order = own("POST", path, Map.of(), key(hotel));

    assertThat(order.path("refunded").asString()).isEqualTo("300.00");
    assertThat(order.path("status").asString()).isEqualTo("DELIVERED");
    var again = server.post("/w/" + world.name() + path, "{}", bearer(key(hotel)));
    assertThat(again.status()).as("it goes back once").isEqualTo(409);
  }

  private String key(String merchant) {
    return world.roleKey(Role.MERCHANT, Did.of(merchant));
  }

  @Test
  void theWalletShowsABindingAndASubAccountAndCancelsAnInstrument() {
    var binding =
        talk.post("/psp/bindings", Json.write(Map.of("agent_id", AGENT, "account", "balance")));
    var path = "/psp/bindings/" + binding.path("binding_id").asString();
    assertThat(talk.get(path).path("digest")).isEqualTo(binding.path("digest"));

    var instrument = talk.get("/psp/instruments").at("/items/0/instrument_ref").asString();
    var cancelled = talk.post("/psp/instruments/" + instrument + "/cancel", "{}");
    assertThat(cancelled.path("status").asString()).isEqualTo("CANCELLED");

    var account =
        talk.post("/psp/sub-accounts", Json.write(Map.of("agent_id", AGENT, "pin", PIN)))
            .path("sub_account_id")
            .asString();
    talk.post(
        "/psp/sub-accounts/" + account + "/top-ups",
        Json.write(Map.of("request_id", "U-1", "amount", "20.00", "pin", PIN)));
    assertThat(talk.get("/psp/sub-accounts/" + account + "/statement").toString())
        .contains("20.00");
  }

  @Test
  void anAgentClosesAPaymentThatWaitsAndTheJournalHasTheEntry() {
    talk.says("Buy me a phone charger under 100 yuan").takesRecommended();
    var tradeNo = talk.told("payment_needed").getLast().path("trade_no").asString();

    var closed = own("POST", "/psp/payments/" + tradeNo + "/close", Map.of(), agent);
    assertThat(closed.path("trade_no").asString()).isEqualTo(tradeNo);
    assertThat(closed.path("status").asString()).isEqualTo("closed");

    assertThat(api("GET", "/journal/1", Map.of()).path("seq").asLong()).isEqualTo(1);
  }

  @Test
  void aRunningTurnIsCancelledAndATaskIsRead() {
    var task = new TaskConversation(talk);
    talk.says(TaskConversation.SENTENCE);
    var id = task.task().path("task_id").asString();
    assertThat(talk.get("/agents/demo-agent/tasks/" + id)).isEqualTo(task.task());

    assertThat(talk.post(talk.conversationPath() + "/cancel", "{}").has("cancelled")).isTrue();
  }

  @Test
  void anOrderIsRefundedNotifiedAgainVerifiedAndDisputed() {
    var payment = bought();
    var merchant = shopOf(payment);
    var key = world.roleKey(Role.MERCHANT, Did.of(merchant));
    var orderNo = payment.path("merchant_order_no").asString();

    var refunded =
        own(
            "POST",
            "/merchants/" + merchant + "/orders/" + orderNo + "/refund",
            Map.of("amount", "5.00", "reason", "a scratch", "refund_request_id", "B-1"),
            key);
    assertThat(refunded.toString()).contains("5.00");
    talk.rests();
    var refund = own("GET", "/psp/refunds/B-1", Map.of(), key);
    assertThat(refund.path("amount").asString()).isEqualTo("5.00");

    var notification =
        own("GET", "/psp/notifications", Map.of(), key).at("/items/0/notification_id").asString();
    assertThat(
            own("POST", "/psp/notifications/" + notification + "/resend", Map.of(), key)
                .path("notification_id")
                .asString())
        .isEqualTo(notification);

    assertThat(
            api("GET", "/orders/" + orderNo + "/verification", Map.of())
                .path("verified")
                .asBoolean())
        .isTrue();
    assertThat(talk.get("/trust/records?order_no=" + orderNo).path("items")).isNotEmpty();
    var record = talk.get("/trust/records?order_no=" + orderNo).at("/items/0/record_id").asString();
    assertThat(talk.get("/trust/records/" + record).path("record_id").asString()).isEqualTo(record);
    disputesAreAnsweredAndWithdrawnAtBothAddresses(orderNo);
  }

  private void disputesAreAnsweredAndWithdrawnAtBothAddresses(String orderNo) {
    for (var silent : List.of(SHOP, "bazaar88", "demo-agent")) {
      talk.fault("error_status", silent, "POST /disputes/evidence", 1_000);
    }
    var first = claim("/trust/disputes", orderNo, "wrong_item");
    talk.rests();
    assertThat(talk.get("/trust/disputes/" + first).path("order_no").asString()).isEqualTo(orderNo);
    var stated =
        server.post(
            talk.path("/trust/disputes/" + first + "/statements"), statement(first, orderNo));
    assertThat(stated.status()).as(stated.text()).isEqualTo(204);
    assertThat(talk.post("/trust/disputes/" + first + "/withdraw", "{}").path("state").asString())
        .isEqualTo("withdrawn");

    var again =
        api(
                "POST",
                "/disputes",
                Map.of("order_no", orderNo, "kind", "wrong_item", "description", "A cable came."))
            .path("dispute_id")
            .asString();
    var path = "/disputes/" + again;
    talk.rests();
    assertThat(api("GET", path, Map.of()).path("order_no").asString()).isEqualTo(orderNo);
    stated =
        server.post(
            "/api/worlds/" + world.name() + path + "/statements",
            statement(again, orderNo),
            bearer(operator));
    assertThat(stated.status()).as(stated.text()).isEqualTo(204);
    assertThat(api("POST", path + "/withdraw", Map.of()).path("state").asString())
        .isEqualTo("withdrawn");
  }

  @Test
  void trainsShowTheirSeats() {
    talk.says("A second-class ticket from Shanghai to Hangzhou tomorrow");
    var offer = talk.told("offers").getLast().path("recommended").path(0).asString();
    var platform = offer.substring(0, offer.indexOf('.'));
    var seats = server.get(talk.path("/merchants/" + platform + "/seatmap?offer=" + offer));
    assertThat(seats.status()).as(seats.text()).isEqualTo(200);
  }

  @Test
  void anEndpointOfTheShopIsChangedTestedReleasedAndItsDeliveriesSentAgain() {
    try (var receiver = new WebhookReceiver()) {
      var endpoint =
          own(
                  "POST",
                  "/webhooks",
                  Map.of("url", receiver.url("/shop"), "signature", "secret"),
                  shop())
              .path("endpoint_id")
              .asString();
      var path = "/webhooks/" + endpoint;
      own("POST", path + "/test", Map.of(), shop());
      talk.rests();
      assertThat(receiver.arrivals).hasSize(1);
      assertThat(own("PATCH", path, Map.of("held", true), shop()).path("held").asBoolean())
          .isTrue();
      own("POST", path + "/release", Map.of("order", "oldest_first"), shop());
      own("PATCH", path, Map.of("held", false), shop());
      own("POST", path + "/secrets", Map.of("overlap_seconds", 60), shop());
      assertThat(own("GET", path, Map.of(), shop()).path("endpoint_id").asString())
          .isEqualTo(endpoint);

      var delivery = own("GET", "/deliveries", Map.of(), shop()).at("/items/0/delivery_id");
      var at = "/deliveries/" + delivery.asString();
      assertThat(own("GET", at, Map.of(), shop()).path("tries")).isNotEmpty();
      own("POST", at + "/resend", Map.of("copies", 2), shop());
      own(
          "POST",
          "/deliveries/replay",
          Map.of(
              "endpoint_id",
              endpoint,
              "since",
              DirectedConversation.SUNDAY.toString(),
              "undelivered_only",
              false),
          shop());
      talk.rests();
      assertThat(receiver.arrivals.size()).isGreaterThanOrEqualTo(4);
      assertThat(api("GET", "/webhooks", Map.of()).path("items")).hasSize(1);
    }
  }

  @Test
  void anApplicationOfAlipayIsRegisteredReadAndGetsAnotherKey() {
    var body = Map.of("owner", "lingobee", "public_key", publicKey(0));
    var app = api("POST", "/alipay/apps", body).path("app_id").asString();
    var path = "/alipay/apps/" + app;

    assertThat(api("GET", path, Map.of()).path("app_id").asString()).isEqualTo(app);
    assertThat(api("PATCH", path, Map.of("public_key", publicKey(1))).path("app_id").asString())
        .isEqualTo(app);
    assertThat(api("GET", "/alipay/settings", Map.of())).isNotEmpty();
  }

  private static String publicKey(int pair) {
    return Base64.getEncoder().encodeToString(KnownRsaPairs.pair(pair).getPublic().getEncoded());
  }

  private String claim(String path, String orderNo, String kind) {
    return talk.post(
            path,
            Json.write(
                Map.of(
                    "order_no", orderNo,
                    "kind", kind,
                    "description", "This is not what I wanted.",
                    "pin", PIN)))
        .path("dispute_id")
        .asString();
  }

  /** Builds the statement of the buyer's agent, which it sends without being asked. */
  private String statement(String dispute, String orderNo) {
    var statement = Json.object();
    statement.put("dispute_id", dispute).put("order_no", orderNo);
    statement.put("party", AGENT).put("role", "PAYER_AGENT").put("says", "I asked for a charger.");
    statement.putObject("details");
    statement.putArray("record_ids");
    statement.putObject("papers");
    statement.put("made_at", world.clock().instant().toString());
    var evidence = Json.object();
    evidence.set("statement", SignedJson.sign(statement, world.signer(World.AGENT)));
    evidence.putObject("papers");
    return Json.write(evidence);
  }

  /** The dispute service asks the delegation service, and orders the refund, over HTTP. */
  @Test
  void aDisputeAboutAPurchaseUnderAnAuthorityAsksTheDelegationService() {
    talk.authorizes(DirectedConversation.SENTENCE);
    talk.until(DirectedConversation.SALE);
    var orderNo = talk.paid().getFirst().path("merchant_order_no").asString();
    var dispute = claim("/trust/disputes", orderNo, "not_authorized");
    talk.passes(Duration.ofDays(3));

    assertThat(talk.get("/trust/disputes/" + dispute).path("state").asString())
        .isEqualTo("decided");
    assertThat(talk.get("/trust/disputes/" + dispute).toString()).contains("DELEGATOR_AGENT");
  }
}
