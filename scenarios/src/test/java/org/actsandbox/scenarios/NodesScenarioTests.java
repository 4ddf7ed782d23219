package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.database.StartupFailure;
import org.actsandbox.sandbox.node.Node;
import org.actsandbox.sandbox.node.NodeLeases;
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

  private static final String KEY = "the key of all nodes in this test, long enough";
  private static final String SHOP = "luma-mart";
  private static final int WORLDS = 6;
  private static final int PURCHASES = 10;

  @TempDir static Path folder;
  private static LocalPostgres postgres;
  private static TcpBalancer balancer;

  /** The nodes that a test has started; what is left of them is closed after it. */
  private static final List<Started> started = new ArrayList<>();

  @AfterEach
  void closeNodes() {
    List.copyOf(started).forEach(Started::close);
  }

  @BeforeAll
  static void start() throws Exception {
    var found = LocalPostgres.available();
    assumeThat(found).as(LocalPostgres.WHY_NONE).isPresent();
    postgres = found.get();
    balancer = new TcpBalancer();
  }

  @AfterAll
  static void stop() throws Exception {
    if (balancer != null) {
      balancer.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  void purchasesGoOnWhileNodesAreKilledAddedAndStopped() throws Exception {
    var first = node("first");
    try (var outbound = new PooledOutboundClient(uri -> "localhost".equals(uri.getHost()));
        var stopped = process("stopped")) {
      var client = new RepeatingClient(outbound);
      var bought = new AtomicInteger();
      var buyers = new ArrayList<CompletableFuture<Void>>();
      List<World> worlds;
      int portOfKilled;
      try (var killed = process("killed")) {
        portOfKilled = killed.origin().getPort();
        await().atMost(Duration.ofMinutes(1)).until(() -> nodes(first).size() == 3);
        worlds = open(client);
        everyNodeServesEveryWorld(
            worlds, List.of(first.server().origin(), stopped.origin(), killed.origin()));
        assertThat(nodes(first)).allMatch(node -> node.worlds() > 0);
        worlds.forEach(world -> buyers.add(world.buyAllInBackground(bought)));
        awaitBought(10, bought, buyers);
      }
      awaitBought(25, bought, buyers);
      balancer.remove(portOfKilled);
      node("added");
      awaitBought(40, bought, buyers);
      stopped.stop();
      balancer.remove(stopped.origin().getPort());
      buyers.forEach(CompletableFuture::join);

      worlds.forEach(World::assertEachBoughtOnce);
      await().atMost(Duration.ofMinutes(1)).until(() -> nodes(first).size() == 2);
      System.out.printf(
          "nodes: longest wait %d ms, %d requests sent again%n",
          client.longestMillis(), client.repeated());
    }
  }

  private static void awaitBought(
      int number, AtomicInteger bought, List<CompletableFuture<Void>> buyers) {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                bought.get() >= number
                    || buyers.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
  }

  /** Starts a node in a process of its own; the servers of one process share their threads. */
  private static SandboxProcess process(String name) throws IOException {
    int port = SandboxProcess.freePort();
    var process = SandboxProcess.start(folder.resolve(name), port, arguments());
    balancer.add(port);
    return process;
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
      worlds.add(World.open(URI.create("http://localhost:" + balancer.port()), client));
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

  @Test
  void everyNodePassesOnLongAnswersAndStreams() throws Exception {
    var first = node("one");
    var second = node("two");
    var world = ScenarioTestWorld.open(first.server().origin(), first.server().outbound());
    for (int i = 0; i < 3; i++) {
      world.approve(world.asked(world.held("l" + i, SHOP, ScenarioTestWorld.charger())));
    }
    for (var node : List.of(first, second)) {
      var origin = node.server().origin().toString();
      var journal =
          node.server()
              .outbound()
              .send(
                  OutboundClient.Call.get(
                      URI.create(
                          origin + "/api/worlds/" + world.target().world() + "/journal?limit=500"),
                      Map.of("authorization", "Bearer " + world.target().keys().operator()),
                      Duration.ofSeconds(30)));
      assertThat(journal.status()).isEqualTo(200);
      assertThat(journal.body().length).isGreaterThan(50_000);
      var payments =
          node.server()
              .outbound()
              .send(
                  OutboundClient.Call.get(
                      URI.create(origin + "/w/" + world.target().world() + "/psp/payments"),
                      Map.of("authorization", "Bearer " + world.target().keys().principal()),
                      Duration.ofSeconds(30)));
      assertThat(Json.parse(payments.body()).path("items")).hasSize(3);
      try (var lines = stream(origin, world)) {
        assertThat(lines.filter(line -> line.startsWith("data:")).limit(5)).hasSize(5);
      }
    }
  }

  private static Stream<String> stream(String origin, ScenarioTestWorld world) throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    origin + "/api/worlds/" + world.target().world() + "/journal/stream?after=0"))
            .header("Authorization", "Bearer " + world.target().keys().operator())
            .header("Accept", "text/event-stream")
            .build();
    var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void theDatabaseRefusesWhoDoesNotOwnTheWorld() throws Exception {
    var owner = node("owner");
    {
      var client = owner.server().outbound();
      var world = ScenarioTestWorld.open(owner.server().origin(), client).target().world();
      var partition = partitions(world);
      try (var connection =
              DriverManager.getConnection(
                  postgres.url(), postgres.username(), postgres.password());
          var statement = connection.createStatement()) {
        for (var session : List.of("reset act.node", "set act.node = 'a node that lost it'")) {
          statement.execute(session);
          for (var change :
              List.of(
                  "insert into id_blocks (world, next_block) values ('%s', 0)",
                  "update psp_account set world = world where world = '%s'",
                  "delete from psp_account where world = '%s'",
                  "update id_blocks set next_block = 0 where world = '%s'")) {
            assertThatThrownBy(() -> statement.execute(change.formatted(partition)))
                .as(change)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("is not owned by this node");
          }
          assertThatThrownBy(
                  () ->
                      statement.execute("update worlds set epoch = 7 where name = '" + world + "'"))
              .isInstanceOf(SQLException.class)
              .hasMessageContaining("is not owned by this node");
        }
        statement.execute("set act.node = '" + leases(owner).ownId() + "'");
        assertThat(
                statement.executeUpdate(
                    "update psp_account set world = world where world = '" + partition + "'"))
            .isPositive();
      }
    }
  }

  private static String partitions(String world) throws SQLException {
    try (var connection =
            DriverManager.getConnection(postgres.url(), postgres.username(), postgres.password());
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select name || '.' || generation || '.' || epoch from worlds where name = '"
                    + world
                    + "'")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  @Test
  void aNodeIsRefusedInOneLineWhenItDoesNotFit() throws Exception {
    var first = node("fits");
    {
      assertThat(failure("other-key", "--act.nodes.key=another key, long enough, but not the same"))
          .contains("act.nodes.key is not the key of the nodes");
      assertThat(failure("short-key", "--act.nodes.key=short")).contains("at least 32");
      assertThat(failure("no-node", "--act.nodes.key=")).contains("is in use by another sandbox");
      assertThat(failure("no-base", "--act.public-base=")).contains("act.public-base");
      assertThat(Files.readAllBytes(folder.resolve("fits").resolve("server.secret"))).hasSize(32);
      assertThat(sealed()).doesNotContain(first.token());
    }
  }

  private static String sealed() throws SQLException {
    try (var connection =
            DriverManager.getConnection(postgres.url(), postgres.username(), postgres.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select sealed from server_secret")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static String failure(String name, String argument) {
    var arguments = new ArrayList<>(List.of(arguments()));
    var setting = argument.substring(0, argument.indexOf('=') + 1);
    arguments.removeIf(each -> each.startsWith(setting));
    arguments.add(argument);
    var thrown =
        catchThrowable(
            () ->
                SandboxExtension.Started.start(
                        folder.resolve(name), arguments.toArray(String[]::new))
                    .close());
    return StartupFailure.behind(thrown).orElseThrow().oneLine();
  }

  /** Represents a node in this process, which the balancer knows. */
  private record Started(SandboxExtension.Started server) {

    String token() throws IOException {
      return Files.readString(server.data().resolve("start.token")).strip();
    }

    void close() {
      started.remove(this);
      balancer.remove(server.origin().getPort());
      server.close();
    }
  }

  private static Started node(String name) {
    var server = SandboxExtension.Started.start(folder.resolve(name), arguments());
    balancer.add(server.origin().getPort());
    var node = new Started(server);
    started.add(node);
    return node;
  }

  private static NodeLeases leases(Started node) {
    return node.server().context().getBean(NodeLeases.class);
  }

  private static List<Node> nodes(Started node) {
    return leases(node).nodes();
  }

  private static String[] arguments() {
    var all = new ArrayList<>(List.of(postgres.arguments()));
    all.add("--act.nodes.key=" + KEY);
    all.add("--act.nodes.drain=0s");
    all.add("--act.public-base=http://localhost:" + balancer.port());
    return all.toArray(String[]::new);
  }
}
