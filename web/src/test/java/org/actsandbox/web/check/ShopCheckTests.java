package org.actsandbox.web.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests the checks of merchants that the server makes on request. */
class ShopCheckTests {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ConsoleServer server = ConsoleServer.shared();
  private final HttpClient client = HttpClient.newHttpClient();

  private record Answer(int status, String body, String type) {

    JsonNode json() {
      return Json.parse(body);
    }
  }

  private Answer send(String method, String path, @Nullable String key, @Nullable Object body) {
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
            .header("Content-Type", "application/json");
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    try {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(
          answer.statusCode(),
          answer.body(),
          answer.headers().firstValue("Content-Type").orElse(""));
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private Answer operator(World world, String method, String path, @Nullable Object body) {
    return send(
        method, "/api/worlds/" + world.name() + path, world.roleKey(Role.OPERATOR, null), body);
  }

  private void add(World world, String url) {
    var order = Json.object().put("url", url).put("id", "mine").put("kind", "shop");
    assertThat(operator(world, "POST", "/merchants", order.put("level", "shop")).status())
        .isEqualTo(201);
  }

  private static ObjectNode only(String merchant, String... words) {
    var request = Json.object().put("merchant", merchant).put("call_seconds", 1);
    for (var word : words) {
      request.withArray("only").add(word);
    }
    return request;
  }

  private String started(World world, Object request) {
    var started = operator(world, "POST", "/checks", request);
    assertThat(started.status()).as(started.body()).isEqualTo(202);
    return started.json().path("id").asString();
  }

  /** Reads the check until it is over. */
  private JsonNode over(World world, String id) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      var view = operator(world, "GET", "/checks/" + id, null).json();
      if (!view.path("state").asString().equals("running")) {
        return view;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError("the check is not over");
  }

  @Test
  void aMockMerchantIsCheckedAndItsReportDownloadedAndShared() {
    var world = server.newWorld("checks");

    var id = started(world, only("tickwell", "bill.signature"));
    var view = over(world, id);

    assertThat(view.path("total").asString()).as(view.toString()).isEqualTo("conforms");
    assertThat(view.path("results").toString()).contains("gate.asks-payment", "bill.signature");
    assertThat(operator(world, "GET", "/checks", null).json().at("/items/0/id").asString())
        .isEqualTo(id);
    for (var file : ShopCheckReport.values()) {
      var report = operator(world, "GET", "/checks/%s/report/%s".formatted(id, file.code()), null);
      assertThat(report.status()).isEqualTo(200);
      var content =
          switch (file) {
            case BADGE -> "<svg";
            case SARIF -> "check-merchant";
            case HTML, HTML_ZH, JSON, JUNIT -> "bill.signature";
          };
      assertThat(report.body()).contains(content);
    }
    var link = operator(world, "POST", "/checks/" + id + "/link", Json.object()).json();
    var shared = URI.create(link.path("url").asString()).getPath();
    assertThat(send("GET", shared + "/json", null, null).body()).contains("\"conforms\"");
    assertThat(send("GET", shared, null, null).body()).contains("bill.signature");
    var other = shared.substring(0, shared.length() - 43) + "A".repeat(43);
    assertThat(send("GET", other + "/json", null, null).status()).isEqualTo(404);
    assertThat(operator(world, "POST", "/checks/" + id + "/link", Map.of("days", 31)).status())
        .isEqualTo(400);
  }

  @Test
  void whatWasMendedIsNamedAndTheClockRunsOnAfterwards() throws IOException {
    var world = server.newWorld("checks");
    try (var merchant = new ScriptedMerchant()) {
      add(world, merchant.url("localhost"));

      var broken = over(world, started(world, only("mine", "card.readable")));
      merchant.answers.put("/.well-known/agent-card.json", "{\"agent_id\":\"did:act:mine\"}");
      var mended = over(world, started(world, only("mine", "card.readable")));

      assertThat(broken.path("total").asString()).isEqualTo("deviates");
      assertThat(broken.at("/results/0/exchanges/0/curl").asString())
          .contains(merchant.url("localhost") + "/.well-known/agent-card.json");
      assertThat(mended.path("total").asString()).isEqualTo("conforms");
      assertThat(mended.path("fixed_since_last_run").toString()).contains("card.readable");
      assertThat(operator(world, "GET", "/clock", null).json().path("mode").asString())
          .isNotEqualTo("stopped");
    }
  }

  @Test
  void oneRunsAtATimeAndItEndsWhenItIsStopped() throws Exception {
    var world = server.newWorld("checks");
    try (var merchant = new ScriptedMerchant()) {
      add(world, merchant.url("localhost"));
      merchant.fallSilent();

      var id = started(world, Json.object().put("merchant", "mine"));
      assertThat(merchant.called.await(30, TimeUnit.SECONDS)).isTrue();
      var second = operator(world, "POST", "/checks", only("tickwell", "bill"));
      var early = operator(world, "GET", "/checks/" + id + "/report/html", null);
      var stopping = operator(world, "POST", "/checks/" + id + "/stop", null);
      merchant.answerAgain();
      var view = over(world, id);

      assertThat(second.status()).isEqualTo(409);
      assertThat(second.body()).contains(id, "one check at a time");
      assertThat(early.status()).isEqualTo(409);
      assertThat(stopping.json().path("stopping").asBoolean()).isTrue();
      assertThat(view.path("state").asString()).isEqualTo("stopped");
      assertThat(view.path("total").asString("incomplete")).isEqualTo("incomplete");
    }
  }

  @Test
  void aMerchantThatDoesNotListenIsUnreachable() throws IOException {
    var world = server.newWorld("checks");
    int port;
    try (var taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }
    add(world, "http://localhost:" + port);

    var view = over(world, started(world, only("mine", "card")));

    assertThat(view.path("state").asString()).isEqualTo("unreachable");
    assertThat(view.path("problem").asString()).isNotEmpty();
  }

  /** The server calls no host that only the merchant names. */
  @Test
  void anAddressElsewhereIsNotCalled() throws IOException {
    var world = server.newWorld("checks");
    try (var merchant = new ScriptedMerchant();
        var elsewhere = new ScriptedMerchant()) {
      var named = elsewhere.url("127.0.0.1") + "/stolen";
      merchant.answers.put(
          "/.well-known/agent-card.json",
          """
          {"agent_id": "did:act:mine", "vertical": "shop", "capabilities":
            {"act:payment:negotiation": {"mode": "one-way", "capability_url": "%s"}}}
          """
              .formatted(named));
      merchant.answers.put("/catalog", "{\"items\": [], \"next\": \"" + named + "\"}");
      add(world, merchant.url("localhost"));
      elsewhere.requests.clear();

      over(world, started(world, only("mine", "card", "negotiation", "catalog")));

      assertThat(elsewhere.requests).isEmpty();
      assertThat(merchant.requests).containsKey("/.well-known/agent-card.json");
    }
  }

  @Test
  void aRequestIsRefusedWithItsField() {
    var world = server.newWorld("checks");

    assertRefused(world, Map.of(), 400, "merchant");
    assertRefused(world, Map.of("merchant", "nobody-here"), 404, "merchant");
    assertRefused(world, Map.of("merchant", "tickwell", "level", "kiosk"), 400, "level");
    assertRefused(world, only("tickwell", "NO-RULE"), 400, "only");
    assertRefused(world, only("tickwell").put("limit_seconds", 601), 400, "limit_seconds");
    assertRefused(
        world, Map.of("merchant", "tickwell", "config", Map.of("knowns", "x")), 400, "config");
    assertThat(operator(world, "GET", "/checks/chk_none", null).status()).isEqualTo(404);
  }

  private void assertRefused(World world, Object request, int status, String field) {
    var refused = operator(world, "POST", "/checks", request);
    assertThat(refused.status()).as(refused.body()).isEqualTo(status);
    assertThat(refused.json().path("field").asString()).isEqualTo(field);
  }
}
