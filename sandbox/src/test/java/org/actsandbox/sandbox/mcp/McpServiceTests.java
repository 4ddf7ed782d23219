package org.actsandbox.sandbox.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.world.UnloadedWorlds;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Buys services of seller agents with tools: whatever is lost, no request is paid twice. */
class McpServiceTests {

  private static final SandboxServer server = SandboxServer.shared();
  private static final String OFFER = "service:marketlens:quotes";
  private static final Map<String, Object> INPUT = Map.of("symbol", "coffee", "days", 5);

  private World world;
  private McpRaw tools;
  private int call;

  @BeforeEach
  void aNewWorld() {
    use(server.newWorld());
  }

  private void use(World another) {
    world = another;
    tools = new McpRaw(server, another, another.roleKey(Role.ASSISTANT, null));
  }

  private JsonNode call(String tool, Map<String, ?> arguments) {
    return tools.tool(++call, tool, arguments).path("structuredContent");
  }

  private JsonNode search() {
    return call("search_offers", Map.of("kind", "service", "service", "quotes"));
  }

  private JsonNode confirm(String key) {
    return call("confirm_cart", Map.of("offer_id", OFFER, "input", INPUT, "idempotency_key", key));
  }

  /** Confirms the request, and returns the arguments of the tools that follow. */
  private Map<String, Object> held() {
    search();
    var held = confirm("first");
    assertThat(held.path("state").asString()).as(held.toString()).isEqualTo("held");
    return Map.of("order_no", held.path("order_no").asString());
  }

  private Map<String, Object> paid() {
    var order = held();
    var waiting = call("request_payment", order);
    new TestPrincipal(server, world).approve(waiting.path("trade_no").asString());
    assertThat(call("wait_for_payment", order).path("state").asString()).isEqualTo("paid");
    return order;
  }

  private void fault(String name, String participant, String operation, long after) {
    world.faults().add(new FaultRequest(name, participant, operation, null, after, 1L, null, null));
  }

  private void disturb(String order) {
    var answer =
        server.post(
            "/api/worlds/" + world.name() + "/merchants/marketlens/disturbances",
            order,
            SandboxServer.bearer(server.operator(world)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
  }

  private int payments() {
    var key = SandboxServer.bearer(world.roleKey(Role.PRINCIPAL, null));
    return server.get("/w/" + world.name() + "/psp/payments", key).json().path("items").size();
  }

  private int orders() {
    return call("get_order", Map.of("limit", 50)).path("orders").size();
  }

  private static String code(JsonNode answer) {
    return answer.path("error").path("code").asString("");
  }

  @Test
  void theCheapestServiceIsBoughtAndItsDeliveryIsCollectedAsOftenAsAskedFor() {
    var offer = search().path("offers").get(0);
    assertThat(offer.path("offer_id").asString()).isEqualTo(OFFER);
    assertThat(offer.path("total").asString()).isEqualTo("1.20");
    assertThat(offer.at("/merchant_says/attributes/input").asString()).contains("symbol");

    var order = paid();
    var delivery = call("collect", order).path("delivery");
    assertThat(delivery.path("service").asString()).isEqualTo("quotes");
    assertThat(delivery.path("result").isObject()).isTrue();
    assertThat(call("collect", order).path("delivery")).isEqualTo(delivery);
    assertThat(call("get_order", order).at("/order/status").asString()).isEqualTo("DELIVERED");
    assertThat(payments()).isOne();
    assertThat(code(call("cancel_order", order))).as("a result is not taken back").isNotEmpty();
  }

  @ParameterizedTest(name = "{0} at {1} {2}")
  @CsvSource({
    "lost_answer, marketlens, POST /services/quotes, 0",
    "lost_answer, sandbox-pay, POST /payments, 0",
    "lost_answer, marketlens, POST /services/quotes, 1",
    "cut_mid_body, marketlens, POST /services/quotes, 1",
    "error_status, marketlens, POST /services/quotes, 1"
  })
  void aLostAnswerBuysNothingTwice(String fault, String participant, String operation, long after) {
    fault(fault, participant, operation, after);
    var order = paid();
    assertThat(call("collect", order).path("state").asString()).isEqualTo("delivered");
    assertThat(orders()).isOne();
    assertThat(payments()).isOne();
  }

  @Test
  void theSameRequestIsCollectedAfterARestart() {
    var order = held();
    use(UnloadedWorlds.reloaded(server, world.name()));
    assertThat(confirm("first").path("order_no").asString())
        .as("the offer is forgotten, the purchase is not")
        .isEqualTo(order.get("order_no"));
    var waiting = call("request_payment", order);
    use(UnloadedWorlds.reloaded(server, world.name()));
    new TestPrincipal(server, world).approve(waiting.path("trade_no").asString());
    var delivery = call("collect", order).path("delivery");
    use(UnloadedWorlds.reloaded(server, world.name()));

    assertThat(delivery.path("service").asString()).isEqualTo("quotes");
    assertThat(call("collect", order).path("delivery")).isEqualTo(delivery);
    assertThat(orders()).isOne();
    assertThat(payments()).isOne();
  }

  @Test
  void aPriceThatRoseAfterTheSearchIsNotPaid() {
    search();
    disturb("{\"type\": \"price_moved\", \"item\": \"quotes\", \"percent\": 50}");
    assertThat(code(confirm("first"))).isEqualTo("price_changed");
    assertThat(search().path("offers").get(0).path("total").asString()).isEqualTo("1.80");
    assertThat(confirm("second").path("total").asString()).isEqualTo("1.80");
    assertThat(payments()).isZero();
  }

  @Test
  void aPriceThatFellAfterTheSearchIsBilledAsItIs() {
    search();
    disturb("{\"type\": \"price_moved\", \"item\": \"quotes\", \"percent\": -50}");
    assertThat(confirm("first").path("total").asString()).isEqualTo("0.60");
  }

  @Test
  void anExpiredBillIsNotPaid() {
    var order = held();
    world.clock().advanceTo(world.clock().instant().plus(Duration.ofMinutes(20)));
    var refused = call("request_payment", order);
    assertThat(code(refused)).isEqualTo("bill_expired");
    assertThat(refused.at("/error/next").asString()).contains("idempotency_key");
    assertThat(payments()).isZero();
    assertThat(call("cancel_order", order).path("state").asString()).isEqualTo("released");
    assertThat(confirm("second").path("state").asString()).isEqualTo("held");
  }

  @Test
  void aRequestThatIsOutOfDateIsSignedAnew() {
    search();
    world
        .faults()
        .add(
            new FaultRequest(
                "connection_cut", "marketlens", "POST /services/*", null, null, 9L, null, null));
    assertThat(code(confirm("first"))).isEqualTo("no_answer");
    server.send(
        "DELETE",
        "/api/worlds/" + world.name() + "/faults",
        null,
        SandboxServer.bearer(server.operator(world)));
    world.clock().advanceTo(world.clock().instant().plus(Duration.ofMinutes(20)));

    assertThat(confirm("first").path("state").asString()).isEqualTo("held");
    assertThat(orders()).isOne();
  }

  @Test
  void aBillOfAnotherSignerIsNotPaid() {
    search();
    fault("wrong_signature", "marketlens", "POST /services/quotes", 0);
    assertThat(code(confirm("first"))).isEqualTo("signature_invalid");
    assertThat(payments()).isZero();
  }

  @Test
  void aProofThatTheSellerRefusesStaysAPaidPurchase() {
    var order = paid();
    disturb("{\"type\": \"sold_out\", \"item\": \"quotes\"}");
    var refused = call("collect", order);
    assertThat(code(refused)).isEqualTo("fulfilment_failed");
    assertThat(refused.at("/error/next").asString()).contains("Do not pay again");
    assertThat(call("request_payment", order).path("state").asString()).isEqualTo("paid");
    assertThat(payments()).isOne();
  }

  @Test
  void aKeyBelongsToOneInput() {
    held();
    var other = new HashMap<>(INPUT);
    other.put("days", 6);
    var refused =
        call("confirm_cart", Map.of("offer_id", OFFER, "input", other, "idempotency_key", "first"));
    assertThat(code(refused)).isEqualTo("duplicate_request");
    var without = call("confirm_cart", Map.of("offer_id", OFFER));
    assertThat(without.at("/error/expected").asString()).contains("symbol");
  }

  @Test
  void anAuthorityPaysServicesWithinItsBoundsAndNoGoods() {
    var asked =
        Map.of(
            "kind", "service",
            "said", "Quotes of coffee, at most 2 yuan in all",
            "most", "2.00",
            "until", world.clock().instant().atZone(World.ZONE).toLocalDate().toString());
    var requested = call("request_delegation", asked);
    assertThat(requested.path("approval_url").asString()).as(requested.toString()).isNotEmpty();
    new TestPrincipal(server, world).authorize(requested.path("intent_id").asString());
    var given = call("get_delegations", Map.of()).path("delegations").get(0);
    assertThat(given.path("mode").asString()).isEqualTo("BOUNDED");
    var delegationId = given.path("delegation_id").asString();

    search();
    var wanted = new HashMap<String, Object>(Map.of("offer_id", OFFER, "input", INPUT));
    wanted.put("delegation_id", delegationId);
    var first = call("confirm_cart", wanted);
    var order = Map.of("order_no", first.path("order_no").asString());
    assertThat(call("request_payment", order).path("state").asString()).isEqualTo("paid");
    assertThat(call("collect", order).path("state").asString()).isEqualTo("delivered");

    var second = call("confirm_cart", wanted);
    var beyond = call("request_payment", Map.of("order_no", second.path("order_no").asString()));
    assertThat(code(beyond)).as("the sum of both").isEqualTo("cumulative_limit_exceeded");
    assertThat(payments()).isOne();

    var goods = call("search_offers", Map.of("kind", "shop", "terms", "power bank"));
    var refused =
        call(
            "confirm_cart",
            Map.of(
                "offer_id",
                goods.path("offers").get(0).path("offer_id").asString(),
                "delegation_id",
                delegationId));
    assertThat(code(refused)).isEqualTo("delegation_mode_mismatch");
  }
}
