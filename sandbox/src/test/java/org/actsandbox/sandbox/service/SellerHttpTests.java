package org.actsandbox.sandbox.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests what HTTP and the error schema require of a seller's answers (RFC 8259, RFC 9110, ACT
 * A402-10).
 */
class SellerHttpTests {

  private static final SandboxServer server = SandboxServer.shared();
  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");

  /** A world for requests that change nothing. */
  private static final World UNCHANGED = server.newWorld(NOW);

  private static final String COFFEE = "{\"symbol\": \"coffee\", \"days\": 30}";
  private static final String NEED =
      """
      {"kind":"shop","terms":"phone charger","features":[],"quantity":1}""";

  private static String intent(SandboxServer at, World world, String id) {
    var request =
        Json.parse(
            """
            {"request_id":"%s","intent_id":"I-1","agent_id":"%s","timestamp":"%s","response_form":"offers",
             "limit":1,"context":{"explicit_needs":[%s]}}
            """
                .formatted(id, World.AGENT, at.world(world.name()).clock().instant(), NEED));
    return Json.write(
        SignedJson.sign(
            (tools.jackson.databind.node.ObjectNode) request, world.signer(World.AGENT)));
  }

  private static String path(World world, String path) {
    return "/w/" + world.name() + path;
  }

  /**
   * Checks RFC 9110, 9.3.2: HEAD answers as GET would, without the body, and delivers as little or
   * as much.
   */
  @Test
  void headOfAPaidResourceIsTheGetWithoutItsBody() throws Exception {
    var world = server.newWorld(NOW);
    var offers =
        server.post(
            path(world, "/merchants/luma-mart/intents"),
            intent(server, world, "Q-1"),
            "Content-Type",
            "application/json");
    var offer = offers.json().at("/offers/0");
    var cart =
        Json.object()
            .put("request_id", "C-1")
            .put("intent_id", "I-1")
            .put("agent_id", World.AGENT.value())
            .put("timestamp", world.clock().instant().toString());
    cart.putArray("lines")
        .addObject()
        .put("offer_id", offer.path("offer_id").asString())
        .put("quantity", 1);
    cart.put("expected_total", offer.path("total").asString()).put("currency", "CNY");
    var order =
        server
            .post(
                path(world, "/merchants/luma-mart/carts"),
                Json.write(SignedJson.sign(cart, world.signer(World.AGENT))),
                "Content-Type",
                "application/json")
            .json();
    var resource = path(world, "/merchants/luma-mart/" + order.path("resource_id").asString());

    var got = server.get(resource);
    var head = server.send("HEAD", resource, null);

    assertThat(head.status()).isEqualTo(402);
    assertThat(head.text()).isEmpty();
    assertThat(head.header(A402Headers.PAYMENT_NEEDED))
        .isEqualTo(got.header(A402Headers.PAYMENT_NEEDED));
    assertThat(head.header("Content-Type")).isEqualTo(got.header("Content-Type"));
    var put = server.send("PUT", resource, "{}", "Content-Type", "application/json");
    assertThat(put.status()).isEqualTo(405);
    assertThat(put.header("Allow")).contains("GET");
  }

  @ParameterizedTest
  @CsvSource({
    "/merchants/tickwell/services/quotes, HEAD, POST",
    "/merchants/luma-mart/intents, GET, POST",
    "/merchants/luma-mart/a2a, GET, POST",
    "/merchants/luma-mart/.well-known/agent-card.json, POST, GET"
  })
  void anotherMethodIsRefusedWithThoseAllowed(String path, String method, String allowed) {
    var world = UNCHANGED;
    var refused = server.send(method, path(world, path), null);
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.header("Allow")).contains(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json;charset=UTF-16",
        "application/xml",
        "*/*",
        "nonsense"
      })
  void aBodyThatIsDeclaredAsSomethingElseIsNotReadAsJson(String type) {
    var world = UNCHANGED;
    var refused =
        server.post(
            path(world, "/merchants/luma-mart/intents"),
            intent(server, world, "Q-1"),
            "Content-Type",
            type);
    assertThat(refused.status()).as(refused.text()).isEqualTo(415);
    assertThat(refused.json().at("/error/details/code").asString())
        .isEqualTo("media_type_unsupported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "BOM"})
  void anotherEncodingThanUtf8IsNoJson(String encoding) throws Exception {
    var world = UNCHANGED;
    var text = intent(server, world, "Q-1");
    var bytes =
        encoding.equals("BOM")
            ? ("\ufeff" + text).getBytes(StandardCharsets.UTF_8)
            : text.getBytes(Charset.forName(encoding));
    var request =
        HttpRequest.newBuilder(
                URI.create(server.origin() + path(world, "/merchants/luma-mart/intents")))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("intent_malformed");
    }
  }

  /** Checks requests that are refused before they are parsed, and still have a content type. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /w/demo/merchants/raileast/catalog?q=%zz HTTP/1.1 | 400
          GET /w/demo/merchants/raileast/%LONG% HTTP/1.1        | 414
          NONSENSE                                              | 400
          """)
  void malformedRequestsAreAnsweredWithAContentType(String line, int status) {
    var answer = raw(line.replace("%LONG%", "x".repeat(20_000)));
    assertThat(answer).startsWith("HTTP/1.1 " + status);
    assertThat(answer.toLowerCase(java.util.Locale.ROOT))
        .contains("content-type: application/json");
    assertThat(answer).contains("\"error_id\"");
  }

  private static String raw(String line) {
    var origin = server.origin();
    try (var socket = new Socket(origin.getHost(), origin.getPort())) {
      socket.setSoTimeout(10_000);
      var request = line + "\r\nHost: " + origin.getAuthority() + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Checks that an error names the phase in which it happened, also if it can happen in any. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | /merchants/luma-mart/intents       | {}  | REQUIREMENT
          POST | /merchants/luma-mart/carts         | {}  | REQUIREMENT
          GET  | /merchants/luma-mart/fulfilment/S-none |   | REQUIREMENT
          POST | /psp/bindings                      | {}  | AUTHORIZATION
          POST | /psp/sub-accounts                  | {}  | AUTHORIZATION
          POST | /delegations/intents               | {}  | AUTHORIZATION
          POST | /psp/payments                      | {}  | PAYMENT
          POST | /psp/delegated-payments            | {}  | PAYMENT
          GET  | /psp/payments/T-none               |     | PAYMENT
          POST | /psp/payments/T-none/approval      | {}  | AUTHORIZATION
          POST | /psp/proofs/verify                 | {}  | PROOF_VALIDATION
          POST | /psp/fulfilments                   | {}  | FULFILLMENT
          POST | /psp/refunds                       | {}  | FULFILLMENT
          POST | /merchants/luma-mart/orders/S-none/cancel | {} | FULFILLMENT
          POST | /trust/anchors                     | {}  | EVIDENCE
          GET  | /trust/records/none                |     | EVIDENCE
          """)
  void anErrorSaysThePhaseItHappenedIn(String method, String path, String body, String phase) {
    var world = UNCHANGED;
    var answer =
        body == null
            ? server.send(method, path(world, path), null)
            : server.send(method, path(world, path), body, "Content-Type", "application/json");
    assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
    assertThat(answer.json().at("/error/phase").asString()).as(answer.text()).isEqualTo(phase);
  }

  @Test
  void aFailedDeliveryHappenedInDelivery() {
    var world = server.newWorld(NOW);
    var buyer = new ServiceBuyer(server, world).authorized(20);
    var body = buyer.request("R-1", COFFEE);
    var bill = ServiceBuyer.bill(buyer.ask("tickwell", "quotes", body));
    var proof = buyer.pay(bill).json().path("proof");
    buyer.disturb("tickwell", "{\"type\": \"sold_out\", \"item\": \"quotes\"}");
    var failed = buyer.ask("tickwell", "quotes", body, proof);
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.json().at("/error/phase").asString()).isEqualTo("DELIVERY");
    assertThat(failed.json().at("/error/error_id").asString())
        .isEqualTo("ACT-A402-FULFILLMENT_FAILED");
  }

  /**
   * Checks that a client that sends as fast as it can meets the limit, and is told when to try
   * again.
   */
  @Test
  void aRunawayAgentIsToldWhenToComeAgain(@TempDir Path data) {
    try (var slow = SandboxServer.start(data, "--act.agent-requests-per-second=1")) {
      var world = slow.newWorld();
      SandboxServer.Answer last = null;
      for (int i = 0; i < 50 && (last == null || last.status() == 200); i++) {
        last =
            slow.post(
                path(world, "/merchants/luma-mart/intents"),
                intent(slow, world, "Q-" + i),
                "Content-Type",
                "application/json");
      }
      assertThat(last.status()).as(last.text()).isEqualTo(429);
      assertThat(last.header("Retry-After")).isEqualTo("1");
      assertThat(last.json().at("/error/retry_after_seconds").asInt()).isEqualTo(1);
      assertThat(last.json().at("/error/details/code").asString()).isEqualTo("intent_rate_limited");
    }
  }

  /**
   * Checks the SHOULDs of CID-1 at every kind of merchant: availability, and the end of the price's
   * validity.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "raileast",
        "gotrip-rail",
        "stayhub",
        "gotrip-hotels",
        "luma-mart",
        "bazaar88",
        "tickwell",
        "lingobee",
        "pagepress"
      })
  void everyCatalogEntrySaysWhetherItIsForSaleAndHowLongAtThatPrice(String merchant) {
    var world = UNCHANGED;
    var items = server.get(path(world, "/merchants/" + merchant + "/catalog?limit=20")).json();
    assertThat(items.path("items").isEmpty()).isFalse();
    for (var entry : items.path("items")) {
      assertThat(entry.path("availability").asString(""))
          .as(entry.toString())
          .isIn("available", "sold_out", "by_date");
      assertThat(Instant.parse(entry.path("price_valid_until").asString()))
          .isAfter(world.clock().instant());
    }
  }

  @Test
  void aWorldChoosesWhetherItsMerchantsAskThePaymentService() {
    var asked = server.post("/api/worlds", "{\"proof_verification\": \"by-feeling\"}");
    assertThat(asked.status()).isEqualTo(400);
    assertThat(asked.json().path("field").asString()).isEqualTo("proof_verification");
    for (var choice : List.of("online", "offline")) {
      var made =
          server.post(
              "/api/worlds",
              """
              {"proof_verification":"%s","clock":{"mode":"stopped","now":"%s"}}
              """
                  .formatted(choice, NOW));
      assertThat(made.json().path("proof_verification").asString()).isEqualTo(choice);
      var world = server.world(made.json().path("world").asString());
      var buyer = new ServiceBuyer(server, world).authorized(20);
      var body = buyer.request("R-1", COFFEE);
      var bill = ServiceBuyer.bill(buyer.ask("tickwell", "quotes", body));
      var proof = buyer.pay(bill).json().path("proof");
      silence(world);
      var answer = buyer.ask("tickwell", "quotes", body, proof);
      assertThat(answer.status()).isEqualTo(choice.equals("online") ? 503 : 200);
    }
    var plain = server.post("/api/worlds", "{}");
    assertThat(plain.json().path("proof_verification").asString()).isEqualTo("online");
  }

  private static void silence(World world) {
    var armed =
        server.post(
            "/api/worlds/" + world.name() + "/faults",
            """
            {"name":"error_status","participant":"sandbox-pay","operation":"POST /proofs/verify"}
            """,
            SandboxServer.bearer(world.roleKey(Role.OPERATOR, null)));
    assertThat(armed.status()).as(armed.text()).isEqualTo(201);
  }
}
