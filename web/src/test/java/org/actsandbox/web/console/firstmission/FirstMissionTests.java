package org.actsandbox.web.console.firstmission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that the page of the first mission lights up what an agent over MCP has done. */
class FirstMissionTests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern STEP = Pattern.compile("<li[^>]*id=\"step-([a-z]+)\"[^>]*>");
  private static final List<String> OF_THE_GRADE = List.of("mission", "attack", "grade");

  private final ConsoleServer server = ConsoleServer.shared();
  private final HttpClient client = HttpClient.newHttpClient();

  private String send(String method, String path, String header, String value, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Accept", method.equals("GET") ? "*/*" : "application/json")
            .header(header, value)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Reads the steps of the world that are done; those of grades belong to the whole machine. */
  private List<String> done(World world) throws IOException, InterruptedException {
    var path = "/console/" + world.name() + "/connect/first-mission";
    return STEP.matcher(send("GET", path, "Cookie", server.cookie(), ""))
        .results()
        .filter(each -> each.group().contains("card done"))
        .map(each -> each.group(1))
        .filter(each -> !OF_THE_GRADE.contains(each))
        .toList();
  }

  /** Reads the page until it shows a step, because the journal is written after the answer. */
  private List<String> doneWith(World world, String step) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var done = done(world);
    while (!done.contains(step) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      done = done(world);
    }
    return done;
  }

  private JsonNode tool(World world, String tool, Map<String, ?> arguments)
      throws IOException, InterruptedException {
    var message = Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", "tools/call");
    var params = message.putObject("params").put("name", tool);
    params.set("arguments", Json.tree(arguments));
    var meta = params.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    meta.putObject("io.modelcontextprotocol/clientCapabilities");
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + "/w/" + world.name() + "/mcp"))
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(message)))
            .header("Content-Type", "application/json")
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", "tools/call")
            .header("Mcp-Name", tool)
            .header("Authorization", "Bearer " + world.roleKey(Role.ASSISTANT, null))
            .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return Json.parse(answer).at("/result/structuredContent");
  }

  @Test
  void eachStepIsTickedOffWhenTheAgentHasDoneIt() throws Exception {
    var world = server.newWorld("first-mission");
    assertThat(done(world)).isEmpty();

    tool(world, "search_offers", Map.of());
    assertThat(doneWith(world, "connected")).as("a refused search").containsExactly("connected");

    var found =
        tool(world, "search_offers", Map.of("kind", "shop", "terms", "phone charger"))
            .at("/offers/0/offer_id")
            .asString();
    var orderNo =
        tool(world, "confirm_cart", Map.of("offer_id", found)).path("order_no").asString();
    var payment = tool(world, "request_payment", Map.of("order_no", orderNo));
    assertThat(doneWith(world, "payment"))
        .containsExactly("connected", "offers", "cart", "payment");

    approve(world, payment.path("trade_no").asString());
    tool(world, "wait_for_payment", Map.of("order_no", orderNo));
    tool(world, "collect", Map.of("order_no", orderNo));
    assertThat(doneWith(world, "collected"))
        .containsExactly("connected", "offers", "cart", "payment", "approval", "collected");
  }

  private void approve(World world, String tradeNo) throws IOException, InterruptedException {
    var path = "/w/" + world.name() + "/psp/payments/" + tradeNo + "/approval";
    var key = "Bearer " + world.roleKey(Role.PRINCIPAL, null);
    var digest = Json.parse(send("GET", path, "Authorization", key, "")).path("digest").asString();
    var decision = Map.of("decision", "APPROVE", "digest", digest, "pin", "246810");
    send("POST", path, "Authorization", key, Json.write(decision));
  }
}
