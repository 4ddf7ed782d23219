package org.actsandbox.sandbox.proxy;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests proxies that are opened over the API in front of a world's participants. */
class ProxyApiTests {

  static final SandboxServer server = SandboxServer.shared();

  World world;
  String api;
  String[] operator;

  @BeforeEach
  void makeWorld() {
    // Stopped, because what a merchant answers says until when its prices are valid.
    world = server.newWorld(Instant.parse("2026-11-25T02:00:00Z"));
    api = "/api/worlds/" + world.name();
    operator = bearer(server.operator(world));
  }

  JsonNode open(String json) {
    var answer = server.post(api + "/proxies", json, operator);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  /** Sends a request as participants call each other. */
  OutboundClient.Answer call(JsonNode proxy, String path) {
    var target = URI.create(proxy.path("address").asString() + path);
    return server
        .bean(OutboundClient.class)
        .send(OutboundClient.Call.get(target, Map.of(), Duration.ofSeconds(20)));
  }

  @Test
  void aProxyStandsInFrontOfAMerchantAndCutsItsAnswersMidBody() {
    var proxy =
        open(
            """
            {"target":"raileast",
             "faults":[{"name":"cut_mid_body","operation":"GET /catalog","count":1,"parameters":{"bytes":20}}]}
            """);
    assertThat(proxy.path("name").asString()).isEqualTo("proxy-1");
    assertThat(proxy.path("url").asString()).isEqualTo(world.at("/merchants/raileast").toString());

    assertThatThrownBy(() -> call(proxy, "/catalog?limit=1")).isInstanceOf(NoAnswerException.class);
    var whole = call(proxy, "/catalog?limit=1");

    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.body())
        .isEqualTo(
            server
                .get("/w/" + world.name() + "/merchants/raileast/catalog?limit=1")
                .text()
                .getBytes(StandardCharsets.UTF_8));
    var status = server.get(api + "/proxies", operator).json().at("/items/0/faults/0");
    assertThat(status.path("fired").asInt()).isEqualTo(1);
    assertThat(status.path("matched").asInt()).isEqualTo(2);
    assertThat(events()).containsExactly("proxy-opened", "fault-added", "cut_mid_body");
    assertThat(faultEntries().getLast().actor()).isEqualTo("proxy-1");
    assertThat(faultEntries().getLast().data().path("operation").asString())
        .isEqualTo("GET /catalog");
  }

  @Test
  void faultsForAllParticipantsHappenAtTheEdgeOnly() {
    var proxy = open("{\"target\":\"raileast\",\"name\":\"front\"}");
    server.post(api + "/faults", "{\"name\":\"error_status\",\"count\":2}", operator);

    assertThat(call(proxy, "/").status()).isEqualTo(503);
    assertThat(call(proxy, "/").status()).isEqualTo(503);
    assertThat(call(proxy, "/").status()).isEqualTo(200);
  }

  @Test
  void aFaultOrderedLaterConcernsTheProxyByName() {
    var proxy = open("{\"target\":\"raileast\",\"name\":\"front\"}");
    server.post(
        api + "/faults",
        "{\"name\":\"lost_answer\",\"participant\":\"front\",\"parameters\":{\"how\":\"reset\"}}",
        operator);

    assertThatThrownBy(() -> call(proxy, "/")).isInstanceOf(NoAnswerException.class);
    assertThat(server.get("/w/" + world.name() + "/merchants/raileast").status()).isEqualTo(200);
  }

  @Test
  void anEndedProxyTakesItsFaultsAlong() {
    var proxy = open("{\"target\":\"raileast\",\"faults\":[{\"name\":\"delay\"}]}");
    assertThat(server.get(api + "/faults", operator).json().path("items")).hasSize(1);

    var path = api + "/proxies/proxy-1";
    assertThat(server.send("DELETE", path, null, operator).status()).isEqualTo(204);

    assertThat(server.get(api + "/faults", operator).json().path("items")).isEmpty();
    assertThat(server.get(api + "/proxies", operator).json().path("items")).isEmpty();
    assertThat(server.send("DELETE", path, null, operator).status()).isEqualTo(404);
    int port = URI.create(proxy.path("address").asString()).getPort();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> call(proxy, "/"))
        .isInstanceOf(NoAnswerException.class)
        .hasStackTraceContaining("not allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                   | 400 | target
          {"target":"nobody"}                                                  | 400 | target
          {"target":"ftp://localhost/x"}                                       | 400 | target
          {"target":"http://user:pw@localhost/x"}                              | 400 | target
          {"target":"http://169.254.169.254/latest"}                           | 403 | target
          {"target":"http://example.org"}                                      | 403 | target
          {"target":"raileast","name":"stayhub"}                               | 400 | name
          {"target":"raileast","name":"No Name"}                               | 400 | name
          {"target":"raileast","faults":[{"name":"sold_out"}]}                 | 400 | name
          {"target":"raileast","faults":[{"name":"delay","count":0}]}          | 400 | faults[0].count
          """)
  void wrongRequestsOpenNothing(String json, int status, String field) {
    var answer = server.post(api + "/proxies", json, operator);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("field").asString()).isEqualTo(field);
    assertThat(server.get(api + "/proxies", operator).json().path("items")).isEmpty();
    assertThat(server.get(api + "/faults", operator).json().path("items")).isEmpty();
  }

  @Test
  void aWorldHasAtMostEightProxiesWithDifferentNames() {
    for (int i = 0; i < Proxies.MAX_PER_WORLD; i++) {
      assertThat(open("{\"target\":\"raileast\"}").path("name").asString())
          .isEqualTo("proxy-" + (i + 1));
    }

    var more = server.post(api + "/proxies", "{\"target\":\"raileast\"}", operator);

    assertThat(more.json().path("code").asString()).isEqualTo("limit_exceeded");
    for (int i = 0; i < Proxies.MAX_PER_WORLD; i++) {
      server.send("DELETE", api + "/proxies/proxy-" + (i + 1), null, operator);
    }
  }

  @Test
  void onlyTheOperatorOpensProxies() {
    assertThat(server.post(api + "/proxies", "{\"target\":\"raileast\"}").status())
        .isGreaterThanOrEqualTo(400);
  }

  @Test
  void aStubAnswersInPlaceOfTheMerchantAndOtherRequestsPass() {
    var proxy =
        open(
            """
            {"target":"raileast",
             "stubs":[{"request":{"method":"GET","urlPath":"/catalog"},
                       "response":{"status":200,"headers":{"Content-Type":"application/json"},"jsonBody":{"items":[]}}}],
             "faults":[{"name":"cut_mid_body","operation":"GET /catalog","after":1,"parameters":{"bytes":5}}]}
            """);

    assertThat(text(call(proxy, "/catalog?limit=1"))).isEqualTo("{\"items\":[]}");
    assertThat(text(call(proxy, "/"))).isEqualTo(server.get(direct("/")).text());
    // Faults of the wire affect stubs, too.
    assertThatThrownBy(() -> call(proxy, "/catalog")).isInstanceOf(NoAnswerException.class);
  }

  @Test
  void recordedExchangesAreReplayedWithoutTheMerchant() {
    var proxy = open("{\"target\":\"raileast\",\"record\":true}");
    var first = call(proxy, "/catalog?limit=2");

    var replay = server.post(api + "/proxies/proxy-1/replay", "{}", operator);
    server.post(
        api + "/faults", "{\"name\":\"error_status\",\"participant\":\"raileast\"}", operator);

    assertThat(replay.status()).as(replay.text()).isEqualTo(200);
    assertThat(replay.json().path("stubs")).hasSize(1);
    assertThat(server.get(direct("/catalog?limit=2")).status()).isEqualTo(503);
    assertThat(call(proxy, "/catalog?limit=2").body()).isEqualTo(first.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"request":{},"response":{"proxyBaseUrl":"http://example.org"}} | stubs/0/response/proxyBaseUrl
          {"request":{},"response":{"bodyFileName":"/etc/passwd"}}        | stubs/0/response/bodyFileName
          {"request":{},"response":{"transformers":["x"]}}                | stubs/0/response/transformers
          {"request":{},"response":{},"serveEventListeners":[]}           | stubs/0/serveEventListeners
          {"request":{"customMatcher":{}},"response":{}}                  | stubs/0/request/customMatcher
          {"request":{}}                                                  | stubs/0/response
          {"request":{},"response":{"fixedDelayMilliseconds":70000}}      | response/fixedDelayMilliseconds
          """)
  void stubsThatCallElsewhereOrReadFilesAreRefused(String stub, String field) {
    var order = "{\"target\":\"raileast\",\"stubs\":[" + stub + "]}";

    var answer = server.post(api + "/proxies", order, operator);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("field").asString()).isEqualTo(field);
    assertThat(server.get(api + "/proxies", operator).json().path("items")).isEmpty();
  }

  @Test
  void aProxyThatRecordsNothingReplaysNothing() {
    open("{\"target\":\"raileast\"}");

    assertThat(server.post(api + "/proxies/proxy-1/replay", "{}", operator).status())
        .isEqualTo(409);
  }

  private String direct(String path) {
    return "/w/" + world.name() + "/merchants/raileast" + (path.equals("/") ? "" : path);
  }

  private static String text(OutboundClient.Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  java.util.List<String> events() {
    return faultEntries().stream().map(JournalEntry::event).toList();
  }

  java.util.List<JournalEntry> faultEntries() {
    return world.journalStore().read(JournalQuery.after(0, 100).of(JournalNote.Kind.FAULT));
  }
}
