package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests several nodes on one PostgreSQL behind a balancer: every node serves every world, one is
 * killed, one is added and one is stopped while purchases are made, and nothing is lost or done
 * twice.
 */
class NodesScenarioTests {

  private static final String SHOP = "luma-mart";

  /** Worlds and purchases of a run; a long run is thirty worlds with 67 each. */
  private static final int WORLDS = Integer.getInteger("act.nodes.worlds", 6);

  private static final int PURCHASES = Integer.getInteger("act.nodes.purchases", 10);

  @TempDir static Path folder;
  private static TestNodes nodes;

  @BeforeAll
  static void start() throws Exception {
    var found = TestNodes.available(folder);
    assumeThat(found).as(LocalPostgres.WHY_NONE).isPresent();
    nodes = found.get();
  }

  @AfterEach
  void closeNodes() {
    nodes.closeAll();
  }

  @AfterAll
  static void stop() throws Exception {
    if (nodes != null) {
      nodes.close();
    }
  }

  @Test
  void purchasesGoOnWhileNodesAreKilledAddedAndStopped() throws Exception {
    var first = nodes.add("first");
    int all = WORLDS * PURCHASES;
    try (var outbound = new PooledOutboundClient(uri -> "localhost".equals(uri.getHost()));
        var stopped = nodes.addProcess("stopped")) {
      var client = new RepeatingClient(outbound);
      var bought = new AtomicInteger();
      var buyers = new ArrayList<CompletableFuture<Void>>();
      List<World> worlds;
      URI originOfKilled;
      try (var killed = nodes.addProcess("killed")) {
        originOfKilled = killed.origin();
        await().atMost(Duration.ofMinutes(1)).until(() -> TestNodes.knownTo(first).size() == 3);
        worlds = open(client);
        everyNodeServesEveryWorld(
            worlds, List.of(first.origin(), stopped.origin(), killed.origin()));
        assertThat(TestNodes.knownTo(first)).allMatch(node -> node.worlds() > 0);
        worlds.forEach(world -> buyers.add(world.buyAllInBackground(bought)));
        awaitBought(all / 6, bought, buyers);
      }
      awaitBought(all * 5 / 12, bought, buyers);
      nodes.removeFromBalancer(originOfKilled);
      nodes.add("added");
      awaitBought(all * 2 / 3, bought, buyers);
      stopped.stop();
      nodes.removeFromBalancer(stopped.origin());
      buyers.forEach(CompletableFuture::join);

      worlds.forEach(World::assertEachBoughtOnce);
      await().atMost(Duration.ofMinutes(1)).until(() -> TestNodes.knownTo(first).size() == 2);
      System.out.printf(
          "nodes: longest wait %d ms, %d requests sent again%n",
          client.longestMillis(), client.repeated());
    }
  }

  private static void awaitBought(
      int number, AtomicInteger bought, List<CompletableFuture<Void>> buyers) {
    await()
        .atMost(Duration.ofMinutes(3).plusSeconds((long) WORLDS * PURCHASES))
        .until(
            () ->
                bought.get() >= number
                    || buyers.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
  }

  /** Reads the journal of each world at each node. */
  private static void everyNodeServesEveryWorld(List<World> worlds, List<URI> origins) {
    for (var world : worlds) {
      for (var origin : origins) {
        var key = world.buyer().target().keys().operator();
        var path = "/api/worlds/" + world.buyer().target().world();
        var answer =
            world
                .outbound()
                .send(
                    OutboundClient.Call.get(
                        URI.create(origin + path + "/journal?limit=1"),
                        Map.of("authorization", "Bearer " + key),
                        Duration.ofSeconds(30)));
        assertThat(answer.status()).as(origin + path).isEqualTo(200);
        assertThat(answer.header("act-sandbox")).contains("true");
      }
    }
  }

  private static List<World> open(OutboundClient client) {
    var worlds = new ArrayList<World>();
    for (int i = 0; i < WORLDS; i++) {
      worlds.add(World.open(nodes.address(), client));
    }
    return worlds;
  }

  /** Represents a world with a buyer that goes on after every failure. */
  private record World(ScenarioTestWorld buyer, OutboundClient outbound) {

    static World open(URI origin, OutboundClient outbound) {
      var client = new SandboxClient(outbound);
      var target = client.newWorld(origin, null, Json.object());
      var seed = "scenario-agent-0123456789abcdef!".getBytes(StandardCharsets.UTF_8);
      var agent = ExternalAgent.register(client, target, "scenario-agent", seed);
      var buyer = new PurchaseClient(target, agent, outbound, Instant::now);
      return new World(new ScenarioTestWorld(target, client, buyer), outbound);
    }

    CompletableFuture<Void> buyAllInBackground(AtomicInteger bought) {
      return CompletableFuture.runAsync(
          () -> buyAll(bought), buying -> Thread.ofVirtual().start(buying));
    }

    private void buyAll(AtomicInteger bought) {
      for (int i = 0; i < PURCHASES; i++) {
        buy("p" + i);
        bought.incrementAndGet();
      }
    }

    private void buy(String id) {
      var client = buyer.buyer();
      var offers =
          client.sendIntent(SHOP, client.signed(client.intent(id, ScenarioTestWorld.charger(), 5)));
      assertThat(offers.status()).as(offers.toString()).isEqualTo(200);
      var order =
          client.sendCart(
              SHOP, client.signed(client.cart(id, offers.json().path("offers").path(0))));
      assertThat(order.status()).as(order.toString()).isIn(200, 201);
      var resource = URI.create(order.json().path("resource_url").asString());
      var bill = PurchaseClient.bill(client.askForResource(resource));
      var asked = client.sendPayment(client.signed(client.payment(id, bill)));
      assertThat(asked.status()).as(asked.toString()).isIn(200, 201);
      var tradeNo = asked.json().path("trade_no").asString();
      buyer.approve(tradeNo);
      assertThat(client.payment(tradeNo).json().path("status").asString()).isEqualTo("paid");
      var delivered = client.sendProof(resource, buyer.proof(tradeNo));
      assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
    }

    void assertEachBoughtOnce() {
      var paid =
          buyer.all("/psp/payments", buyer.target().keys().principal()).stream()
              .filter(each -> each.path("status").asString().equals("paid"))
              .map(each -> each.path("trade_no").asString())
              .toList();
      assertThat(paid).doesNotHaveDuplicates().hasSize(PURCHASES);
      assertThat(buyer.paidOut().stream().map(line -> line.path("trade_no").asString()).toList())
          .containsExactlyInAnyOrderElementsOf(paid);
      var books =
          buyer
              .client()
              .get(buyer.target().at("/psp/ledger/balance"), buyer.target().keys().operator());
      assertThat(books.path("sum").asString()).isEqualTo("0");
    }
  }
}
