package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/** Holds one test's own world with a stopped clock, and a buyer in it. */
record ScenarioTestWorld(TargetWorld target, SandboxClient client, PurchaseClient buyer) {

  static final Instant START = Instant.parse("2026-11-25T01:00:00Z");
  static final LocalDate TODAY = LocalDate.ofInstant(START, ZoneId.of("Asia/Shanghai"));

  static ScenarioTestWorld open(URI origin, PooledOutboundClient outbound) {
    var client = new SandboxClient(outbound);
    var stopped = Json.object().put("mode", "stopped").put("now", START.toString());
    var targetWorld = client.newWorld(origin, null, Map.of("clock", stopped));
    var seed = "scenario-agent-0123456789abcdef!".getBytes(StandardCharsets.UTF_8);
    var agent = ExternalAgent.register(client, targetWorld, "scenario-agent", seed);
    // Timestamps are the world's, which may move during a test.
    var purchaseClient =
        new PurchaseClient(targetWorld, agent, outbound, () -> now(client, targetWorld));
    return new ScenarioTestWorld(targetWorld, client, purchaseClient);
  }

  /**
   * Returns the same world and buyer over other connections, such as those to a restarted server.
   */
  ScenarioTestWorld over(PooledOutboundClient outbound) {
    var again = new SandboxClient(outbound);
    return new ScenarioTestWorld(
        target,
        again,
        new PurchaseClient(target, buyer.agent(), outbound, () -> now(again, target)));
  }

  private static Instant now(SandboxClient client, TargetWorld targetWorld) {
    return Instant.parse(
        client
            .get(targetWorld.api("/clock"), targetWorld.keys().operator())
            .path("now")
            .asString());
  }

  /** Starts the world's clock. */
  void run() {
    client.send(
        "PUT", target.api("/clock"), target.keys().operator(), Json.object().put("mode", "offset"));
  }

  static Need.Train earlyTrainToShanghai() {
    return new Need.Train(
        "Hangzhou",
        "Shanghai",
        TODAY.plusDays(1),
        null,
        null,
        null,
        null,
        "second",
        "window",
        null,
        1,
        "earliest");
  }

  static Need.Shop charger() {
    return new Need.Shop("phone charger", null, null, List.of(), 1, null, null);
  }

  /** Places an order that the merchant holds, and gets its bill. */
  ScenarioTestWorld.HeldOrder held(String id, String merchant, Need need) {
    var offers = buyer.sendIntent(merchant, buyer.signed(buyer.intent(id, need, 5)));
    assertThat(offers.status()).as(offers.toString()).isEqualTo(200);
    var cart = buyer.cart(id, offers.json().path("offers").path(0));
    var order = buyer.sendCart(merchant, buyer.signed(cart));
    assertThat(order.status()).as(order.toString()).isEqualTo(201);
    var resource = URI.create(order.json().path("resource_url").asString());
    return new ScenarioTestWorld.HeldOrder(
        id, order.json(), resource, PurchaseClient.bill(buyer.askForResource(resource)));
  }

  ScenarioTestWorld.HeldOrder heldTrain(String id) {
    return held(id, "raileast", earlyTrainToShanghai());
  }

  /** Sends a payment request for the order and returns its trade, which waits for the principal. */
  String asked(ScenarioTestWorld.HeldOrder heldOrder) {
    var reply = buyer.sendPayment(buyer.signed(buyer.payment(heldOrder.id(), heldOrder.bill())));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply.json().path("trade_no").asString();
  }

  /** Sends the same payment request again and returns the trade of the answer. */
  String askedAgain(ScenarioTestWorld.HeldOrder heldOrder) {
    var reply = buyer.sendPayment(buyer.signed(buyer.payment(heldOrder.id(), heldOrder.bill())));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().path("trade_no").asString();
  }

  Reply approve(String tradeNo) {
    var digest = buyer.cashier(tradeNo).json().path("digest").asString();
    return buyer.approve(tradeNo, digest, PurchaseClient.DEMO_PIN);
  }

  /** Returns the proof of a paid trade. */
  JsonNode proof(String tradeNo) {
    return buyer.payment(tradeNo).json().path("proof");
  }

  JsonNode wallet() {
    return client.get(target.at("/psp/wallet"), target.keys().principal());
  }

  /** Returns the journal entries that match a query such as {@code kind=REFUSAL}. */
  JsonNode journal(String query) {
    return client
        .get(target.api("/journal?limit=500&" + query), target.keys().operator())
        .path("items");
  }

  /** Returns the lines of the principal's statement that are payments. */
  List<JsonNode> paidOut() {
    return all("/psp/wallet/statement", target.keys().principal()).stream()
        .filter(line -> line.path("kind").asString().equals("payment"))
        .toList();
  }

  /** Returns the sent and the pending notifications of this merchant. */
  List<JsonNode> notifications(String merchant) {
    return all("/psp/notifications", target.keys().merchants().get(merchant));
  }

  /** Returns the items of all pages of a list. */
  List<JsonNode> all(String path, String key) {
    var items = new ArrayList<JsonNode>();
    for (var cursor = ""; ; ) {
      var page = client.get(target.at(path + cursor), key);
      page.path("items").forEach(items::add);
      var next = page.path("next").asString("");
      if (next.isEmpty()) {
        return items;
      }
      cursor = "?cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
  }

  void advance(String by) {
    client.post(target.api("/clock/advance"), target.keys().operator(), Map.of("by", by));
  }

  /**
   * Represents an order that the merchant holds.
   *
   * @param bill the {@code protocol} layer of Payment-Needed
   */
  record HeldOrder(String id, JsonNode order, URI resource, JsonNode bill) {

    String orderNo() {
      return order.path("order_no").asString();
    }
  }
}
