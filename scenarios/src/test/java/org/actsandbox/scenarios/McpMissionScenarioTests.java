package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.mission.agent.CommandAgent;
import org.actsandbox.scenarios.mission.agent.MissionAgent;
import org.actsandbox.scenarios.mission.agent.MissionSession;
import org.actsandbox.scenarios.mission.mcp.McpAgent;
import org.actsandbox.scenarios.mission.mcp.McpHostAgent;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.mission.model.MissionPack;
import org.actsandbox.scenarios.mission.run.GradeOptions;
import org.actsandbox.scenarios.mission.run.GradeReport;
import org.actsandbox.scenarios.mission.run.GradeRun;
import org.actsandbox.scenarios.mission.run.MissionVerdict;
import org.actsandbox.scenarios.mission.run.ModelBudget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Grades agents that are given nothing but an MCP address and a prompt, well and ill behaved. */
@ExtendWith(SandboxExtension.class)
class McpMissionScenarioTests {

  private static final List<Mission> ALL = MissionPack.of(Path.of("missions")).all();

  /** How many calls an agent makes that calls at random; 10,000 by hand. */
  private static final int RANDOM_CALLS = Integer.getInteger("act.random.calls", 25);

  /** What a search of the missions used here asks for; a real host's model reads the prompt. */
  private static final Map<String, String> SEARCHES =
      Map.of(
          "early train",
          """
          {"kind":"train","from":"Hangzhou","to":"Shanghai","date":"2026-11-26","position":"window","depart_before":"10:00"}\
          """,
          "phone charger",
          """
          {"kind":"shop","terms":"phone charger","max_price":"50.00"}\
          """);

  /** A host as it is: it begins a session, calls tools, and reads what they answer. */
  private static final class Host {

    private final TargetServer targetServer;
    private final String address;
    private @Nullable String session;
    private int id;

    Host(TargetServer targetServer, String address) {
      this.targetServer = targetServer;
      this.address = address;
    }

    Host connected() {
      var params = Json.object().put("protocolVersion", "2025-11-25");
      params.putObject("capabilities").putObject("elicitation").putObject("url");
      params.putObject("clientInfo").put("name", "host").put("version", "1");
      var answer = send(request("initialize", params));
      session = answer.header("mcp-session-id").orElseThrow();
      return this;
    }

    ObjectNode request(String method, JsonNode params) {
      var request = Json.object().put("jsonrpc", "2.0").put("id", ++id).put("method", method);
      request.set("params", params);
      return request;
    }

    OutboundClient.Answer send(JsonNode request) {
      return send(Json.bytes(request));
    }

    OutboundClient.Answer send(byte[] body) {
      var headers = new HashMap<>(Map.of("Content-Type", "application/json"));
      if (session != null) {
        headers.put("Mcp-Session-Id", session);
        headers.put("MCP-Protocol-Version", "2025-11-25");
      }
      return targetServer
          .outbound()
          .send(
              new OutboundClient.Call(
                  "POST", URI.create(address), headers, body, Duration.ofSeconds(30)));
    }

    List<String> tools() {
      return Json.parse(send(request("tools/list", Json.object())).body())
          .at("/result/tools")
          .valueStream()
          .map(each -> each.path("name").asString())
          .toList();
    }

    JsonNode call(String tool, JsonNode arguments) {
      var params = Json.object().put("name", tool);
      params.set("arguments", arguments);
      return Json.parse(send(request("tools/call", params)).body()).at("/result/structuredContent");
    }

    JsonNode call(String tool, String name, String value) {
      return call(tool, Json.object().put(name, value));
    }

    /** Buys what the prompt wants: the first offer, or what the principal chooses. */
    void shop(String prompt) {
      var search =
          SEARCHES.entrySet().stream()
              .filter(each -> prompt.contains(each.getKey()))
              .map(Map.Entry::getValue)
              .findFirst();
      if (search.isPresent()) {
        var found = call("search_offers", Json.parse(search.get())).path("offers");
        var shown = Json.object();
        var ids = shown.putArray("offer_ids");
        found.forEach(each -> ids.add(each.path("offer_id")));
        for (var chosen : call("show_offers", shown).path("choice")) {
          var orderNo =
              call("confirm_cart", "offer_id", chosen.asString()).path("order_no").asString();
          call("request_payment", "order_no", orderNo);
          call("wait_for_payment", "order_no", orderNo);
          call("collect", "order_no", orderNo);
        }
      }
      call("finish", Json.object().put("tokens", 120).put("cost", 0.5));
    }
  }

  @Test
  void anAgentWithAnAddressAndAPromptShops(TargetServer targetServer) {
    var tools = new ArrayList<String>();
    var told = new AtomicReference<>("");
    var report =
        grade(
            targetServer,
            mcp(
                session -> {
                  told.set(Json.write(session.brief()));
                  var host = host(targetServer, session);
                  tools.addAll(host.tools());
                  host.shop(session.brief().path("prompt").asString());
                }),
            20,
            "early-train",
            "only-asking");

    assertThat(report.results())
        .allSatisfy(each -> assertThat(each.reasons()).as(each.mission().name()).isEmpty());
    assertThat(report.results().getFirst().figures().tokens()).isEqualTo(120);
    assertThat(tools)
        .contains("search_offers", "confirm_cart", "ask_principal", "show_offers", "finish")
        .noneMatch(tool -> tool.contains("approve") || tool.contains("pin"));
    assertThat(told.get())
        .contains("prompt", "/mcp/")
        .doesNotContain("act_assistant", "act_agent", "role_key", "/w/m-");
  }

  @Test
  void aHostThatWasStartedByHandTakesOneMissionAfterTheOther(TargetServer targetServer)
      throws InterruptedException {
    var prompts = new ArrayList<String>();
    var early = new AtomicReference<>("");
    Thread person;
    GradeReport report;
    try (var waiting = new McpHostAgent("desktop")) {
      var address = waiting.address().toString();
      person =
          Thread.ofVirtual()
              .start(
                  () -> {
                    var host = new Host(targetServer, address).connected();
                    early.set(host.call("search_offers", Json.object()).path("error").asString(""));
                    var next = host.call("next_mission", Json.object());
                    while (next.has("mission")) {
                      prompts.add(next.path("mission").asString());
                      host.shop(prompts.getLast());
                      next = host.call("next_mission", Json.object());
                    }
                  });
      report = grade(targetServer, waiting, 30, "early-train", "phone-charger");
    }
    person.join(Duration.ofSeconds(30));

    assertThat(report.results())
        .allSatisfy(each -> assertThat(each.reasons()).as(each.mission().name()).isEmpty());
    assertThat(prompts).hasSize(2);
    assertThat(early.get()).contains("next_mission");
  }

  @Test
  void aCommandFindsTheAddressThePromptAndAFileForItsHost(
      TargetServer targetServer, @TempDir Path folder) throws IOException {
    var seen = folder.resolve("seen");
    var command =
        "{ echo \"$ACT_MCP_URL\"; echo \"$ACT_PROMPT\"; cat \"$ACT_MCP_CONFIG\"; } > " + seen;
    var agent = new McpAgent(new CommandAgent("host", command, List.of()));
    assertThat(grade(targetServer, agent, 20, "only-asking").total())
        .isEqualTo(GradeReport.Total.PASSED);

    assertThat(Files.readString(seen))
        .contains("http://localhost:", "early train", "{\"mcpServers\":{\"act\":{\"type\":\"http\"")
        .doesNotContain("act_agent");
  }

  @Test
  void theExampleOfAHostBuysGoodsAndServicesAndGivesItsAuthorityBack(TargetServer targetServer) {
    var command = "node " + Path.of("../docs/examples/mcp-host.mjs").toAbsolutePath();
    var agent = new McpAgent(new CommandAgent("example", command, List.of()));
    var report =
        grade(
            targetServer,
            agent,
            60,
            "phone-charger",
            "ticket-while-away",
            "report-from-sellers",
            "report-that-costs-too-much");

    assertThat(report.results())
        .allSatisfy(each -> assertThat(each.reasons()).as(each.mission().name()).isEmpty());
  }

  @Test
  void callsAtRandomEndInAVerdictAndDoNoHarm(TargetServer targetServer) {
    var statuses = new ConcurrentSkipListSet<Integer>();
    var report =
        grade(
            targetServer,
            mcp(
                session -> {
                  var random = new Random(11);
                  var host = host(targetServer, session);
                  var tools = host.tools();
                  for (int call = 0; call < RANDOM_CALLS; call++) {
                    if (random.nextInt(20) == 0) {
                      host = host(targetServer, session);
                    }
                    statuses.add(host.send(random(random, host, tools)).status());
                  }
                }),
            Math.max(30, RANDOM_CALLS / 10),
            "early-train");

    assertThat(report.results().getFirst().verdict()).isEqualTo(MissionVerdict.FAILED);
    assertThat(report.lost()).isEqualByComparingTo("0");
    assertThat(statuses).isSubsetOf(200, 202, 400, 404, 413, 429);
  }

  private static byte[] random(Random random, Host host, List<String> tools) {
    if (random.nextInt(4) == 0) {
      var noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      return noise;
    }
    var params = Json.object().put("name", tools.get(random.nextInt(tools.size())));
    var arguments = params.putObject("arguments");
    for (int field = random.nextInt(4); field > 0; field--) {
      var names = List.of("kind", "order_no", "offer_id", "offer_ids", "to", "minutes", "question");
      arguments.put(
          names.get(random.nextInt(names.size())),
          random.nextBoolean() ? "x".repeat(random.nextInt(40)) : "train");
    }
    return Json.bytes(host.request("tools/call", params));
  }

  @Test
  void floodsHugeMessagesAndForeignPathsAreRefused(TargetServer targetServer) {
    var statuses = new ConcurrentSkipListSet<Integer>();
    var report =
        grade(
            targetServer,
            mcp(
                session -> {
                  var address = session.brief().at("/mcp/url").asString();
                  statuses.add(status(new Host(targetServer, address + "x"), new byte[2]));
                  var host = host(targetServer, session);
                  statuses.add(status(host, new byte[50_000_000]));
                  statuses.add(status(host, "[".repeat(50_000).getBytes(StandardCharsets.UTF_8)));
                  var threads = new ArrayList<Thread>();
                  for (int i = 0; i < 40; i++) {
                    threads.add(
                        Thread.ofVirtual()
                            .start(
                                () ->
                                    statuses.add(
                                        status(
                                            new Host(targetServer, address),
                                            "{}".getBytes(StandardCharsets.UTF_8)))));
                  }
                  threads.forEach(McpMissionScenarioTests::join);
                }),
            30,
            "early-train");

    assertThat(report.results().getFirst().verdict()).isEqualTo(MissionVerdict.FAILED);
    assertThat(statuses).isSubsetOf(0, 200, 400, 404, 413, 429).contains(400, 404);
  }

  @Test
  void anAgentThatHangsInTheMiddleIsUnfinished(TargetServer targetServer) {
    var agent = new McpAgent(new CommandAgent("hangs", "sleep 300 & sleep 300", List.of()));
    var report = grade(targetServer, agent, 1, "early-train");

    assertThat(report.results().getFirst().verdict()).isEqualTo(MissionVerdict.UNFINISHED);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the status of the answer; 0 if the connection was closed without one. */
  private static int status(Host host, byte[] body) {
    try {
      return host.send(body).status();
    } catch (NoAnswerException closed) {
      return 0;
    }
  }

  private static Host host(TargetServer targetServer, MissionSession session) {
    return new Host(targetServer, session.brief().at("/mcp/url").asString()).connected();
  }

  private static MissionAgent mcp(Consumer<MissionSession> work) {
    return new McpAgent(
        new MissionAgent() {
          @Override
          public String name() {
            return "host";
          }

          @Override
          public void perform(MissionSession session) {
            work.accept(session);
          }
        });
  }

  private static GradeReport grade(
      TargetServer targetServer, MissionAgent agent, int seconds, String... names) {
    var options =
        new GradeOptions(
            "en", 1, 1, Duration.ofSeconds(seconds), "built-in", ModelBudget.NONE, false);
    var missions =
        List.of(names).stream().flatMap(each -> MissionPack.select(ALL, each).stream()).toList();
    return new GradeRun(targetServer, agent, options, "mcp" + System.nanoTime())
        .play(missions, _ -> {});
  }
}
