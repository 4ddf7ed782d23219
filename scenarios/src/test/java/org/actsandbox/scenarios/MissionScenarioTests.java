package org.actsandbox.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.actsandbox.protocol.conversation.DialogueForm;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.mission.agent.BuiltInAgent;
import org.actsandbox.scenarios.mission.agent.CommandAgent;
import org.actsandbox.scenarios.mission.agent.MissionAgent;
import org.actsandbox.scenarios.mission.agent.MissionSession;
import org.actsandbox.scenarios.mission.agent.TalkAgent;
import org.actsandbox.scenarios.mission.agent.UrlAgent;
import org.actsandbox.scenarios.mission.gallery.Flaw;
import org.actsandbox.scenarios.mission.gallery.GalleryAgent;
import org.actsandbox.scenarios.mission.gallery.GalleryMatrix;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.mission.model.MissionPack;
import org.actsandbox.scenarios.mission.run.GradeOptions;
import org.actsandbox.scenarios.mission.run.GradeReport;
import org.actsandbox.scenarios.mission.run.GradeRun;
import org.actsandbox.scenarios.mission.run.MissionResult;
import org.actsandbox.scenarios.mission.run.MissionVerdict;
import org.actsandbox.scenarios.mission.run.ModelBudget;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Grades agents: good ones, bad ones of the gallery on the missions that they must fail, and ones
 * that try to do harm. The whole matrix is played by {@code GalleryMatrixSurvey}.
 */
@ExtendWith(SandboxExtension.class)
class MissionScenarioTests {

  private static final List<Mission> ALL = MissionPack.of(Path.of("missions")).all();

  /** One mission of each kind of work that the built-in agent does. */
  private static final List<String> SELECTED =
      List.of(
          "early-train",
          "missing-essentials",
          "the-day-after-instead",
          "sold-out-at-the-cart",
          "ticket-while-away",
          "two-people",
          "something-else-came",
          "order-in-the-title",
          "payee-on-the-bill",
          "nothing-comes",
          "nothing-happened",
          "asked-to-pay-again",
          "payment-service-silent");

  private static final String OFFER =
      """
      {"offers": [{"offer_id": "offer-9", "merchant": "raileast", "kind": "train", "total": "9.00"}],
       "recommended": ["offer-9"]}\
      """;

  @Test
  void theBuiltInAgentPassesAndLosesNothing(TargetServer targetServer) {
    var report =
        new GradeRun(targetServer, new BuiltInAgent("built-in"), options(60), run())
            .play(named(SELECTED), _ -> {});

    assertThat(report.results())
        .allSatisfy(each -> assertThat(each.reasons()).as(each.mission().name()).isEmpty());
    assertThat(report.total()).isEqualTo(GradeReport.Total.PASSED);
    assertThat(report.lost()).isEqualByComparingTo("0");
  }

  @Test
  void theBuiltInAgentUnderstandsMissionsInChinese(TargetServer targetServer) {
    var chinese =
        new GradeOptions("zh", 1, 2, Duration.ofSeconds(60), "built-in", ModelBudget.NONE, false);
    var report =
        new GradeRun(targetServer, new BuiltInAgent("built-in"), chinese, run())
            .play(MissionPack.select(ALL, "controls"), _ -> {});

    assertThat(report.total()).isEqualTo(GradeReport.Total.PASSED);
  }

  @Test
  void aCarefulAgentOverHttpPasses(TargetServer targetServer) {
    var report =
        new GradeRun(targetServer, new GalleryAgent(null), options(60), run())
            .play(
                named(List.of("early-train", "ticket-while-away", "order-in-the-title")), _ -> {});

    assertThat(report.results())
        .allSatisfy(each -> assertThat(each.reasons()).as(each.mission().name()).isEmpty());
  }

  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> everyBadAgentFailsWhatItMustFail(TargetServer targetServer) {
    return Stream.of(Flaw.values())
        .map(
            flaw ->
                DynamicTest.dynamicTest(
                    flaw.code(),
                    () -> {
                      var mission = GalleryMatrix.load().failures(flaw).getFirst();
                      var result = play(targetServer, new GalleryAgent(flaw), named(mission), 60);
                      assertThat(result.verdict())
                          .as(mission)
                          .isIn(MissionVerdict.FAILED, MissionVerdict.UNFINISHED);
                    }));
  }

  @Test
  void everyMissionIsFailedByABadAgent() {
    var matrix = GalleryMatrix.load();

    assertThat(ALL).hasSizeGreaterThanOrEqualTo(60);
    assertThat(ALL.stream().map(Mission::name).filter(each -> matrix.failing(each).isEmpty()))
        .isEmpty();
  }

  @Test
  void everyAttackHasABenignTwinAndEveryCategoryAnAttack() {
    var attacks = ALL.stream().filter(each -> each.attack() != null).toList();

    assertThat(attacks)
        .allSatisfy(
            each ->
                assertThat(named(String.valueOf(each.twin())).rights().purchases())
                    .as(each.name())
                    .isPositive());
    assertThat(attacks.stream().map(Mission::attack).distinct()).hasSize(22);
  }

  @Test
  void anAgentThatFailsAControlGetsNoGrade(TargetServer targetServer) {
    var report =
        new GradeRun(targetServer, new GalleryAgent(Flaw.ALWAYS_REFUSES), options(60), run())
            .play(named(List.of("early-train", "order-in-the-title")), _ -> {});

    assertThat(report.total()).isEqualTo(GradeReport.Total.INVALID);
    assertThat(report.controlsFailed()).hasSize(1);
  }

  @Test
  void anAgentLearnsNothingButItsMission(TargetServer targetServer) {
    var told = new AtomicReference<String>("");
    play(
        targetServer,
        agent(
            session -> {
              told.set(Json.write(session.brief()));
              var brief = session.brief();
              var key = brief.at("/agent/role_key").asString();
              var world = brief.path("world").asString();
              var api = world.replace("/w/", "/api/worlds/");
              for (var path : List.of("", "/journal", "/faults", "/keys", "/knowledge")) {
                assertThat(status(targetServer, "GET", api + path, key)).as(path).isIn(401, 403);
              }
              assertThat(status(targetServer, "POST", api + "/clock/advance", key)).isIn(401, 403);
              assertThat(status(targetServer, "GET", world + "/psp/wallet", key)).isIn(401, 403);
            }),
        named("order-in-the-title"),
        20);

    assertThat(told.get())
        .contains("phone charger", "role_key")
        .doesNotContain("order-in-the-title", "instruction", "mutants", "246810", "DELIVERED");
  }

  /** The time-out is less than the agent's sleep. */
  @Test
  @Timeout(600)
  void anAgentThatHangsIsUnfinished(TargetServer targetServer) {
    var result =
        play(
            targetServer,
            new CommandAgent("hangs", "sleep 300", List.of()),
            named("early-train"),
            2);

    assertThat(result.verdict()).isEqualTo(MissionVerdict.UNFINISHED);
  }

  @ParameterizedTest
  @CsvSource({
    "tells-the-budget, phone-charger, /intents",
    "payee-unread, payee-on-the-bill, /psp/payments",
    "asks-for-ten-times, ticket-while-away, /delegations/intents"
  })
  void aResultNamesTheEntryWhereTheAgentFirstWentWrongAndHasARecording(
      String flaw, String mission, String request, TargetServer targetServer) {
    var agent = new GalleryAgent(Flaw.find(flaw).orElseThrow());
    var result = play(targetServer, agent, named(mission), 60);

    assertThat(result.verdict()).isEqualTo(MissionVerdict.FAILED);
    assertThat(result.story())
        .filteredOn(line -> line.seq() > 0 && line.seq() == result.wrongAt())
        .singleElement()
        .satisfies(line -> assertThat(line.what()).contains(request));
    assertThat(result.recording()).isNotEmpty();
  }

  /** The second one has another session and no parent any more when the agent ends at once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sh -c 'sleep 300 & echo $! > PID; sleep 300'",
        "sh -c '(setsid sleep 300 & echo $! > PID) & wait'"
      })
  void anAgentThatForksLeavesNothingBehind(
      String command, TargetServer targetServer, @TempDir Path folder) throws Exception {
    var pid = folder.resolve("pid");
    var agent = new CommandAgent("forks", command.replace("PID", pid.toString()), List.of());
    play(targetServer, agent, named("early-train"), 2);

    var child = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
    if (child.isPresent()) {
      child.get().onExit().get(5, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  @Test
  void anAgentThatPrintsFiftyMegabytesDoesNoHarm(TargetServer targetServer) {
    var command = "head -c 50000000 /dev/zero; exit 3";
    var result =
        play(
            targetServer, new CommandAgent("prints", command, List.of()), named("early-train"), 20);

    assertThat(result.verdict()).isEqualTo(MissionVerdict.FAILED);
    assertThat(result.reasons().getFirst()).startsWith("the agent broke: the command ended with 3");
  }

  @Test
  void anAgentThatFloodsItsPrincipalIsNotHeard(TargetServer targetServer) {
    var statuses = new java.util.concurrent.ConcurrentSkipListSet<Integer>();
    play(
        targetServer,
        agent(
            session -> {
              var door = session.principalAddress().toString();
              statuses.add(post(targetServer, door, "{".getBytes(UTF_8)));
              statuses.add(post(targetServer, door + "x", "{}".getBytes(UTF_8)));
              statuses.add(status(targetServer, "GET", door, null));
              statuses.add(post(targetServer, door, new byte[1_000_000]));
            }),
        named("early-train"),
        20);

    assertThat(statuses).isSubsetOf(0, 400, 404, 405, 413).contains(400, 404, 405);
  }

  @Test
  void anAgentThatCallsAtRandomGetsItsVerdict(TargetServer targetServer) {
    var result =
        play(
            targetServer,
            agent(
                session -> {
                  var random = new Random(7);
                  var key = session.brief().at("/agent/role_key").asString();
                  var world = session.brief().path("world").asString();
                  var paths =
                      List.of(
                          "/psp/payments",
                          "/delegations/intents",
                          "/merchants/raileast/carts",
                          "/merchants/luma-mart/intents",
                          "/trust/disputes",
                          "/psp/sub-accounts");
                  for (int call = 0; call < 300; call++) {
                    var bytes = new byte[random.nextInt(400)];
                    random.nextBytes(bytes);
                    send(
                        targetServer,
                        random.nextBoolean() ? "POST" : "GET",
                        world + paths.get(random.nextInt(paths.size())),
                        key,
                        bytes);
                  }
                }),
            named("early-train"),
            30);

    assertThat(result.verdict()).isEqualTo(MissionVerdict.FAILED);
    assertThat(result.figures().lost()).isEqualByComparingTo("0");
  }

  @Test
  void anAgentAtAnAddressIsGivenTheMission(TargetServer targetServer) throws IOException {
    var received = new AtomicReference<String>("");
    var server =
        com.sun.net.httpserver.HttpServer.create(
            new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/agent",
        exchange -> {
          received.set(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      var address = URI.create("http://localhost:" + server.getAddress().getPort() + "/agent");
      var result =
          play(
              targetServer,
              new UrlAgent("idle", address, targetServer.outbound()),
              named("only-asking"),
              20);

      assertThat(result.verdict()).isEqualTo(MissionVerdict.PASSED);
      assertThat(received.get()).contains("early train", "principal");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anAgentThatAnswersFiftyMegabytesGetsAVerdict(TargetServer targetServer) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 50_000_000);
            exchange.getResponseBody().write(new byte[50_000_000]);
          }
        });
    server.start();
    try {
      var address = URI.create("http://localhost:" + server.getAddress().getPort());
      var agent = new UrlAgent("talks", address, targetServer.outbound());
      var result = play(targetServer, agent, named("early-train"), 20);

      assertThat(result.verdict()).isEqualTo(MissionVerdict.FAILED);
      assertThat(result.reasons().getFirst()).contains("did not answer");
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAgentThatListensIsToldWhatThePrincipalSays(boolean a2a, TargetServer targetServer)
      throws IOException {
    var heard = new CopyOnWriteArrayList<JsonNode>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var message = Json.parse(exchange.getRequestBody().readAllBytes());
          heard.add(message);
          var answer = Json.bytes(a2a ? a2aAnswer(heard.size()) : plainAnswer(heard.size()));
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      var address = URI.create("http://localhost:" + server.getAddress().getPort());
      var form = a2a ? DialogueForm.A2A : DialogueForm.JSON;
      var agent = new TalkAgent("listens", address, form, targetServer.outbound());
      var result = play(targetServer, agent, named("missing-essentials"), 20);

      assertThat(result.verdict()).as("it bought nothing").isEqualTo(MissionVerdict.FAILED);
      assertThat(heard).hasSize(3);
      assertThat(heard.get(0).toString()).contains("Book me a train", "role_key");
      assertThat(heard.get(1).toString()).contains("To Nanjing").doesNotContain("role_key");
      assertThat(heard.get(2).toString()).contains("offer-9");
      if (a2a) {
        assertThat(heard.get(1).at("/params/message/taskId").asString()).isEqualTo("t-1");
      }
    } finally {
      server.stop(0);
    }
  }

  private static JsonNode plainAnswer(int message) {
    return Json.parse(
        switch (message) {
          case 1 -> "{\"question\":\"Where to?\",\"missing\":[\"to\"]}";
          case 2 -> OFFER;
          default -> "{\"text\":\"There is none.\"}";
        });
  }

  private static JsonNode a2aAnswer(int message) {
    var parts =
        switch (message) {
          case 1 ->
              "[{\"kind\":\"text\",\"text\":\"Where"
                  + " to?\"},{\"kind\":\"data\",\"data\":{\"missing\":[\"to\"]}}]";
          case 2 -> "[{\"kind\":\"data\",\"data\":" + OFFER + "}]";
          default -> "[{\"kind\":\"text\",\"text\":\"There is none.\"}]";
        };
    var state = message < 3 ? "input-required" : "completed";
    return Json.parse(
        """
        {"jsonrpc": "2.0", "id": 1, "result": {"kind": "task", "id": "t-1", "contextId": "c-1",
          "status": {"state": "%s", "message": {"kind": "message", "role": "agent", "parts": %s}}}}
        """
            .formatted(state, parts));
  }

  private static MissionAgent agent(Consumer<MissionSession> work) {
    return new MissionAgent() {
      @Override
      public String name() {
        return "trial";
      }

      @Override
      public void perform(MissionSession session) {
        work.accept(session);
      }
    };
  }

  private static int status(
      TargetServer targetServer,
      String method,
      String address,
      @org.jspecify.annotations.Nullable String key) {
    return send(targetServer, method, address, key, new byte[0]);
  }

  private static int post(TargetServer targetServer, String address, byte[] body) {
    return send(targetServer, "POST", address, null, body);
  }

  /** Returns the status of the answer; 0 if the connection was closed without one. */
  private static int send(
      TargetServer targetServer,
      String method,
      String address,
      @org.jspecify.annotations.Nullable String key,
      byte[] body) {
    var headers =
        key == null
            ? Map.of("Content-Type", "application/json")
            : Map.of("Content-Type", "application/json", "Authorization", "Bearer " + key);
    try {
      return targetServer
          .outbound()
          .send(
              new OutboundClient.Call(
                  method, URI.create(address), headers, body, Duration.ofSeconds(10)))
          .status();
    } catch (NoAnswerException closed) {
      return 0;
    }
  }

  private static MissionResult play(
      TargetServer targetServer, MissionAgent agent, Mission mission, int seconds) {
    return new GradeRun(targetServer, agent, options(seconds), run())
        .play(List.of(mission), _ -> {})
        .results()
        .getFirst();
  }

  private static GradeOptions options(int seconds) {
    return new GradeOptions(
        "en", 1, 2, Duration.ofSeconds(seconds), "built-in", ModelBudget.NONE, false);
  }

  private static String run() {
    return "test" + System.nanoTime();
  }

  private static Mission named(String name) {
    return named(List.of(name)).getFirst();
  }

  private static List<Mission> named(List<String> names) {
    return names.stream()
        .flatMap(
            name -> MissionPack.select(ALL, name).stream().filter(each -> each.name().equals(name)))
        .toList();
  }
}
