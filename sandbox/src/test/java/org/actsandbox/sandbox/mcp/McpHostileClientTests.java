package org.actsandbox.sandbox.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.mcp.message.CallRate;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Attacks the MCP server as a careless or malicious client does. */
class McpHostileClientTests {

  private static final SandboxServer server = SandboxServer.shared();

  private static McpRaw assistant(World world) {
    return new McpRaw(server, world, world.roleKey(Role.ASSISTANT, null));
  }

  @Test
  void keysOfOthersOpenNothing() {
    var world = server.newWorld();
    var other = server.newWorld();
    var foreign = new McpRaw(server, world, other.roleKey(Role.ASSISTANT, null));
    assertThat(foreign.stateless(1, "tools/list", Map.of()).status()).isEqualTo(403);
    var wrong = new McpRaw(server, world, world.roleKey(Role.ASSISTANT, null).replace('a', 'b'));
    assertThat(wrong.stateless(1, "tools/list", Map.of()).status()).isEqualTo(401);
    assertThat(server.post("/w/" + world.name() + "/mcp", "{}").status()).isEqualTo(401);
    for (var role : List.of(Role.PRINCIPAL, Role.OPERATOR)) {
      var key = new McpRaw(server, world, world.roleKey(role, null));
      assertThat(key.stateless(1, "tools/list", Map.of()).status()).as(role.name()).isEqualTo(403);
    }
    // An agent from outside has a private key of its own, with which the server cannot sign.
    var outside = new McpRaw(server, world, world.roleKey(Role.AGENT, Did.of("outside-agent")));
    var refused = outside.stateless(1, "tools/list", Map.of());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("no signing key of this agent");
  }

  @Test
  void theKeyOfAnAssistantOpensNothingElseAndNeverApproves() {
    var world = server.newWorld();
    var key = SandboxServer.bearer(world.roleKey(Role.ASSISTANT, null));
    var base = "/w/" + world.name();
    var decision = Json.write(Map.of("decision", "APPROVE", "digest", "x", "pin", "246810"));
    assertThat(server.post(base + "/psp/payments/T-1/approval", decision, key).status())
        .isEqualTo(403);
    assertThat(server.get(base + "/psp/wallet", key).status()).isEqualTo(403);
    assertThat(server.get(base + "/psp/payments", key).status()).isEqualTo(403);
    assertThat(server.get(base + "/orders", key).status()).isEqualTo(403);
    assertThat(server.get("/api/worlds/" + world.name() + "/clock", key).status()).isEqualTo(403);
  }

  @Test
  void sessionsOfOthersAndEndedOnesAreNotFound() {
    var world = server.newWorld();
    var client = assistant(world);
    var session = client.session(Map.of());
    assertThat(client.inSession(session, 1, "tools/list", Map.of()).status()).isEqualTo(200);
    assertThat(client.inSession("0".repeat(32), 1, "tools/list", Map.of()).status()).isEqualTo(404);
    assertThat(client.inSession(null, 1, "tools/list", Map.of()).status()).isEqualTo(400);
    var agent = new McpRaw(server, world, world.roleKey(Role.AGENT, null));
    assertThat(agent.inSession(session, 1, "tools/list", Map.of()).status()).isEqualTo(404);
    var elsewhere = assistant(server.newWorld());
    assertThat(elsewhere.inSession(session, 1, "tools/list", Map.of()).status()).isEqualTo(404);

    var key = SandboxServer.bearer(client.key());
    assertThat(
            server
                .send("DELETE", client.path(), null, key[0], key[1], "Mcp-Session-Id", session)
                .status())
        .isEqualTo(204);
    assertThat(client.inSession(session, 2, "tools/list", Map.of()).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"Host, evil.example.com", "Origin, http://evil.example.com"})
  void aWebsiteCannotReachItThroughAnotherName(String header, String value) throws IOException {
    var client = assistant(server.newWorld());
    var host = header.equals("Host") ? value : "localhost:" + server.origin().getPort();
    var origin = header.equals("Origin") ? "Origin: " + value + "\r\n" : "";
    try (var socket = new Socket("localhost", server.origin().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST %s HTTP/1.1\r\nHost: %s\r\n%sAuthorization: Bearer %s\r\nContent-Type:"
                      + " application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
                  .formatted(client.path(), host, origin, client.key())
                  .getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void fiftyMegabytesAreNotRead() throws Exception {
    var client = assistant(server.newWorld());
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(server.origin() + client.path()))
              .header("Authorization", "Bearer " + client.key())
              .header("Content-Type", "application/json")
              .expectContinue(true)
              .timeout(Duration.ofSeconds(20))
              .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[50 * 1024 * 1024]))
              .build();
      assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(413);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
        "{}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}"
      })
  void whatIsNoMessageIsRefusedInTheProtocolsForm(String body) {
    var answer = assistant(server.newWorld()).post(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("error").path("code").asInt()).isIn(-32700, -32600);
  }

  @Test
  void allMistakesOfTheArgumentsAreInOneAnswer() {
    var client = assistant(server.newWorld());
    var result =
        client.tool(
            1,
            "search_offers",
            Map.of("kind", "boat", "dat", "tomorrow", "passengers", 0, "breakfast", "yes"));
    assertThat(result.path("isError").asBoolean()).isTrue();
    var errors = result.path("structuredContent").path("error").path("errors");
    assertThat(errors.valueStream().map(each -> each.path("field").asString()))
        .containsExactlyInAnyOrder("kind", "dat", "passengers", "breakfast");
    var text = result.path("content").get(0).path("text").asString();
    assertThat(text)
        .contains("train, hotel, shop")
        .contains("Did you mean date?")
        .contains("Next:");
    assertThat(
            client
                .tool(2, "search_offers", Map.of("kind", "train"))
                .path("structuredContent")
                .path("error")
                .path("errors"))
        .hasSize(3);
  }

  @Test
  void anUnknownToolDoesNothing() {
    var client = assistant(server.newWorld());
    for (var name : List.of("approve", "pay", "set_clock", "top_up", "add_fault", "")) {
      var answer =
          client.stateless(1, "tools/call", Map.of("name", name, "arguments", Map.of())).json();
      assertThat(answer.path("error").path("code").asInt()).as(name).isEqualTo(-32602);
    }
  }

  @Test
  void aRepeatedRequestIsDoneOnceAlsoAtTheSameTime() throws Exception {
    var world = server.newWorld();
    var client = assistant(world);
    var session = client.session(Map.of());
    var offer = offer(client);
    var order = Map.of("name", "confirm_cart", "arguments", Map.of("offer_id", offer));
    List<Callable<String>> calls =
        IntStream.range(0, 8)
            .<Callable<String>>mapToObj(
                _ -> () -> client.inSession(session, 7, "tools/call", order).text())
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<String>();
      for (var each : threads.invokeAll(calls)) {
        answers.add(each.get());
      }
      assertThat(answers).allMatch(answers.getFirst()::equals);
      assertThat(answers.getFirst()).contains("order_no");
    }
    assertThat(client.tool(8, "get_order", Map.of()).path("structuredContent").path("orders"))
        .hasSize(1);
    var other = Map.of("name", "get_order", "arguments", Map.of());
    assertThat(client.inSession(session, 7, "tools/call", other).json().path("error").path("code"))
        .isEqualTo(Json.tree(-32600));
  }

  @Test
  void aKeyOfAnotherPurchaseIsRefused() {
    var client = assistant(server.newWorld());
    var found =
        client
            .tool(1, "search_offers", Map.of("kind", "shop", "terms", "power bank"))
            .path("structuredContent")
            .path("offers");
    client.tool(2, "confirm_cart", order(found.get(0).path("offer_id").asString()));
    var second = client.tool(3, "confirm_cart", order(found.get(1).path("offer_id").asString()));
    assertThat(second.path("structuredContent").path("error").path("code").asString())
        .isEqualTo("duplicate_request");
  }

  private static Map<String, String> order(String offer) {
    return Map.of("offer_id", offer, "idempotency_key", "one");
  }

  @Test
  void tenThousandRandomCallsAreBounded() throws Exception {
    var world = server.newWorld();
    var client = assistant(world);
    client.stateless(0, "tools/list", Map.of());
    var random = new Random(19);
    var tools = List.of("search_offers", "get_offer", "collect", "cancel_order", "no_such_tool");
    long began = System.nanoTime();
    int limited = 0;
    int served = 0;
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      var tool = tools.get(random.nextInt(tools.size()));
      var junk = Map.of("order_no", "O-" + random.nextInt(), "x" + random.nextInt(9), i);
      int id = i;
      calls.add(
          () ->
              client.stateless(id, "tools/call", Map.of("name", tool, "arguments", junk)).status());
    }
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var each : threads.invokeAll(calls)) {
        int status = each.get();
        assertThat(status).isIn(200, 429);
        limited += status == 429 ? 1 : 0;
        served += status == 200 ? 1 : 0;
      }
    }
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
    assertThat(limited).isPositive();
    assertThat(served).isLessThanOrEqualTo(CallRate.BURST + CallRate.PER_SECOND * (int) seconds);
    // Another key of the same world is served as before.
    var agent = new McpRaw(server, world, world.roleKey(Role.AGENT, null));
    assertThat(agent.stateless(1, "tools/list", Map.of()).status()).isEqualTo(200);
  }

  @Test
  void aClientThatHangsUpWhileItWaitsLeavesThePaymentAsItWas() throws Exception {
    var world = server.newWorld();
    var client = assistant(world);
    var order = confirmed(client);
    var requested = client.tool(3, "request_payment", order).path("structuredContent");
    try (var http = HttpClient.newHttpClient()) {
      var body =
          Json.write(
              Map.of(
                  "jsonrpc",
                  "2.0",
                  "id",
                  9,
                  "method",
                  "tools/call",
                  "params",
                  Map.of("name", "wait_for_payment", "arguments", order)));
      var session = client.session(Map.of());
      var request =
          HttpRequest.newBuilder(URI.create(server.origin() + client.path()))
              .header("Authorization", "Bearer " + client.key())
              .header("Content-Type", "application/json")
              .header("Mcp-Session-Id", session)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      var waiting = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
      waiting.cancel(true);
    }
    new TestPrincipal(server, world).approve(requested.path("trade_no").asString());
    var paid = client.tool(10, "wait_for_payment", order).path("structuredContent");
    assertThat(paid.path("state").asString()).isEqualTo("paid");
  }

  @Test
  void whatOnePrincipalsAssistantOrderedIsHiddenFromAnothers() {
    var world =
        server
            .worlds()
            .create(
                new Worlds.NewWorld(
                    null,
                    null,
                    WorldSettings.DEFAULT.withFurtherPrincipals(List.of(SandboxServer.LIN))));
    var first = assistant(world);
    var second = new McpRaw(server, world, world.roleKey(Role.ASSISTANT, SandboxServer.LIN.did()));
    var order = confirmed(first);
    assertThat(first.tool(5, "get_order", order).path("isError").asBoolean()).isFalse();
    for (var tool : List.of("get_order", "request_payment", "collect", "cancel_order")) {
      var refused = second.tool(6, tool, order);
      assertThat(refused.path("structuredContent").path("error").path("code").asString())
          .as(tool)
          .isEqualTo("not_found");
    }
    assertThat(orders(first)).hasSize(1);
    assertThat(orders(second)).isEmpty();

    var wish = Map.of("kind", "shop", "terms", "power bank", "most", "900.00", "said", "buy it");
    var asked = new HashMap<>(wish);
    asked.put("until", world.clock().instant().toString().substring(0, 10));
    var intent =
        first.tool(7, "request_delegation", asked).path("structuredContent").path("intent_id");
    var foreign = second.tool(8, "get_delegations", Map.of("intent_id", intent.asString()));
    assertThat(foreign.path("structuredContent").path("error").path("code").asString())
        .isEqualTo("not_found");
  }

  private static JsonNode orders(McpRaw client) {
    return client.tool(9, "get_order", Map.of()).path("structuredContent").path("orders");
  }

  private static String offer(McpRaw client) {
    return client
        .tool(1, "search_offers", Map.of("kind", "shop", "terms", "power bank"))
        .path("structuredContent")
        .path("offers")
        .get(0)
        .path("offer_id")
        .asString();
  }

  static Map<String, String> confirmed(McpRaw client) {
    var held = client.tool(2, "confirm_cart", Map.of("offer_id", offer(client)));
    return Map.of("order_no", held.path("structuredContent").path("order_no").asString());
  }
}
