package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.database.StartupFailure;
import org.actsandbox.scenarios.load.LoadRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Tests that each door of a world opens at every node, and that nodes whose database goes away
 * refuse, lose nothing, and go on when it is back.
 */
class NodeDoorsScenarioTests {

  private static final String SHOP = "luma-mart";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static TestNodes nodes;
  private static SandboxExtension.Started first;
  private static SandboxExtension.Started second;

  @BeforeAll
  static void start() throws Exception {
    var found = TestNodes.available(folder);
    assumeThat(found).as(LocalPostgres.WHY_NONE).isPresent();
    nodes = found.get();
    first = nodes.add("one");
    second = nodes.add("two");
    await().atMost(Duration.ofMinutes(1)).until(() -> TestNodes.knownTo(first).size() == 2);
  }

  @AfterAll
  static void stop() throws Exception {
    if (nodes != null) {
      nodes.close();
    }
  }

  private static ScenarioTestWorld world() {
    return ScenarioTestWorld.open(first.origin(), first.outbound());
  }

  private static SandboxExtension.Started owner(ScenarioTestWorld world) {
    var owner = TestNodes.leases(first).ownerOf(world.target().world(), false);
    return TestNodes.leases(first).isOwn(owner.orElseThrow()) ? first : second;
  }

  /** Returns the addresses of the same world at a node that does not own it. */
  private static TargetWorld atOther(ScenarioTestWorld world) {
    var other = owner(world).equals(first) ? second : first;
    return new TargetWorld(other.origin(), world.target().world(), world.target().keys());
  }

  @Test
  void everyNodePassesOnLongAnswersAndStreams() throws Exception {
    var world = world();
    for (int i = 0; i < 3; i++) {
      world.approve(world.asked(world.held("l" + i, SHOP, ScenarioTestWorld.charger())));
    }
    for (var node : List.of(first, second)) {
      var target = new TargetWorld(node.origin(), world.target().world(), world.target().keys());
      var journal = get(node, target.api("/journal?limit=500"), target.keys().operator());
      assertThat(journal.body().length).isGreaterThan(50_000);
      var payments = get(node, target.at("/psp/payments"), target.keys().principal());
      assertThat(Json.parse(payments.body()).path("items")).hasSize(3);
      try (var lines = stream(target)) {
        assertThat(lines.filter(line -> line.startsWith("data:")).limit(5)).hasSize(5);
      }
    }
  }

  private static OutboundClient.Answer get(SandboxExtension.Started node, URI address, String key) {
    var answer =
        node.outbound()
            .send(
                OutboundClient.Call.get(
                    address, Map.of("authorization", "Bearer " + key), TIMEOUT));
    assertThat(answer.status()).as(address.toString()).isEqualTo(200);
    return answer;
  }

  private static Stream<String> stream(TargetWorld target) throws Exception {
    var request =
        HttpRequest.newBuilder(target.api("/journal/stream?after=0"))
            .header("Authorization", "Bearer " + target.keys().operator())
            .header("Accept", "text/event-stream")
            .build();
    var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void clockFaultsExportsBundlesAndSharesWorkAtTheNodeThatDoesNotOwnTheWorld() {
    var world = world();
    var held = world.held("d1", SHOP, ScenarioTestWorld.charger());
    world.approve(world.asked(held));
    var target = atOther(world);
    var client = new SandboxClient(second.outbound());
    var operator = target.keys().operator();

    client.post(target.api("/clock/advance"), operator, Map.of("by", "PT5M"));
    assertThat(client.get(world.target().api("/clock"), operator).path("now").asString())
        .isEqualTo(ScenarioTestWorld.START.plus(Duration.ofMinutes(5)).toString());

    var fault = client.post(target.api("/faults"), operator, Map.of("name", "cut_mid_body"));
    client.send(
        "DELETE",
        target.api("/faults/" + fault.path("fault").path("id").asString()),
        operator,
        null);
    assertThat(client.get(world.target().api("/faults"), operator).path("items")).isEmpty();

    assertThat(get(second, target.api("/journal/export?format=har"), operator).body()).isNotEmpty();
    assertThat(get(second, target.api("/orders/" + held.orderNo() + "/bundle"), operator).body())
        .isNotEmpty();

    var share = client.post(target.api("/shares"), operator, Map.of());
    var shared = URI.create(share.path("url").asString());
    assertThat(shared.getAuthority()).isEqualTo(nodes.address().getAuthority());
    for (var node : List.of(first, second)) {
      var page = URI.create(node.origin() + "/api/worlds/" + target.world() + "/shares");
      assertThat(client.get(page, operator).path("items")).hasSize(1);
    }
  }

  @Test
  void aHostOfModelsAndTheGatewayReachTheWorldAtEveryNode() {
    var world = world();
    var target = atOther(world);
    var answer = initialize(new SandboxClient(second.outbound()), target);
    assertThat(answer.path("result").path("serverInfo").path("name").asString())
        .as(answer.toString())
        .isNotEmpty();

    var refused = gateway(target);
    assertThat(refused.toString()).contains("isv.missing-app-id");
  }

  private static JsonNode initialize(SandboxClient client, TargetWorld target) {
    var host = Map.of("name", "test", "version", "1");
    var wish =
        Map.of("protocolVersion", "2025-06-18", "capabilities", Map.of(), "clientInfo", host);
    return client.post(
        target.at("/mcp"),
        target.keys().agent(),
        Map.of("jsonrpc", "2.0", "id", "1", "method", "initialize", "params", wish));
  }

  private static JsonNode gateway(TargetWorld target) {
    var answer =
        second
            .outbound()
            .send(
                OutboundClient.Call.get(
                    target.at("/gateway.do?method=alipay.aipay.agent.fulfillment.confirm"),
                    Map.of(),
                    TIMEOUT));
    return Json.parse(answer.body());
  }

  /** The connections are cut for as long as it takes until no node answers about its worlds. */
  @Test
  void nodesRefuseWhileTheDatabaseIsAwayAndGoOnAfterwards() {
    var world = world();
    world.run();
    world.approve(world.asked(world.held("before", SHOP, ScenarioTestWorld.charger())));

    nodes.cutDatabase();
    try {
      for (var node : List.of(first, second)) {
        await().atMost(Duration.ofMinutes(2)).until(() -> status(node, world) == 503);
      }
    } finally {
      nodes.connectDatabase();
    }
    for (var node : List.of(first, second)) {
      await().atMost(Duration.ofMinutes(2)).until(() -> status(node, world) == 200);
    }

    world.approve(world.asked(world.held("after", SHOP, ScenarioTestWorld.charger())));
    assertThat(world.paidOut()).hasSize(2);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                world.notifications(SHOP).stream()
                        .filter(each -> each.path("status").asString().equals("DELIVERED"))
                        .count()
                    == 2);
    assertThat(TestNodes.knownTo(first)).hasSize(2);
  }

  private static int status(SandboxExtension.Started node, ScenarioTestWorld world) {
    var address = URI.create(node.origin() + "/w/" + world.target().world() + "/psp/wallet");
    var headers = Map.of("authorization", "Bearer " + world.target().keys().principal());
    try {
      return node.outbound().send(OutboundClient.Call.get(address, headers, TIMEOUT)).status();
    } catch (NoAnswerException cut) {
      return 0;
    }
  }

  @Test
  void aLoadRunSpreadsItsWorldsOverTheNodes() throws Exception {
    var loadRun = new LoadRun(new SandboxClient(first.outbound()), Clock.systemUTC());
    var target = new LoadRun.Target(List.of(first.origin(), second.origin()), 4, null, 0);
    var plan = new LoadRun.Plan(LoadRun.Level.L1, new LoadRun.Pace.BackToBack(), 8, 4, 4);

    var report = loadRun.run(target, plan);

    assertThat(loadRun.failures()).isEmpty();
    assertThat(report.flows()).isEqualTo(8);
    assertThat(report.perPurchase().server().get("signatures")).isGreaterThan(10);
    assertThat(report.perPurchase().server().get("processor_ns")).isPositive();
  }

  @Test
  void theDatabaseRefusesWhoDoesNotOwnTheWorld() throws Exception {
    var opened = world();
    var world = opened.target().world();
    var partition = partitions(world);
    try (var connection = nodes.connection();
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
                () -> statement.execute("update worlds set epoch = 7 where name = '" + world + "'"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("is not owned by this node");
      }
      statement.execute("set act.node = '" + TestNodes.leases(owner(opened)).ownId() + "'");
      assertThat(
              statement.executeUpdate(
                  "update psp_account set world = world where world = '" + partition + "'"))
          .isPositive();
    }
  }

  private static String partitions(String world) throws SQLException {
    try (var connection = nodes.connection();
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
    assertThat(failure("other-key", "--act.nodes.key=another key, long enough, but not the same"))
        .contains("act.nodes.key is not the key of the nodes");
    assertThat(failure("short-key", "--act.nodes.key=short")).contains("at least 32");
    assertThat(failure("no-node", "--act.nodes.key=")).contains("is in use by another sandbox");
    assertThat(failure("no-base", "--act.public-base=")).contains("act.public-base");
    assertThat(Files.readAllBytes(folder.resolve("one").resolve("server.secret"))).hasSize(32);
    assertThat(sealed())
        .doesNotContain(Files.readString(first.data().resolve("start.token")).strip());
  }

  private static String sealed() throws SQLException {
    try (var connection = nodes.connection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select sealed from server_secret")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static String failure(String name, String argument) {
    var arguments = new ArrayList<>(List.of(nodes.arguments()));
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
}
