package org.actsandbox.sandbox.edge;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what the edge accepts, how it refuses, and what it records. */
class EdgeTests {

  static final SandboxServer server = SandboxServer.shared();

  World world;
  String base;

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
    base = "/w/" + world.name();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   | /merchants/raileast/intents     | {                      | intent_malformed
          POST   | /merchants/raileast/intents     | {"a":1,"a":2}          | intent_malformed
          POST   | /merchants/raileast/intents     | {"a":1} x              | intent_malformed
          POST   | /psp/payments                   | nonsense               | malformed_json
          GET    | /merchants/nobody/catalog       |                        | not_found
          GET    | /nowhere                        |                        | not_found
          GET    | /                               |                        | not_found
          GET    | /merchants/raileast/nowhere     |                        | not_found
          DELETE | /dids/raileast                  |                        | method_not_allowed
          GET    | /dids/nobody                    |                        | not_found
          GET    | /dids/..%2f..%2fetc             |                        | not_found
          """)
  void answersInTheProtocolsErrorForm(String method, String path, String body, String code) {
    var answer = server.send(method, base + path, body, bearer(world.roleKey(Role.AGENT, null)));

    var error = answer.json().path("error");
    assertThat(error.path("details").path("code").asString()).as(answer.text()).isEqualTo(code);
    assertThat(error.path("category").asString()).isNotEmpty();
    assertThat(answer.header("Act-Sandbox")).isEqualTo("true");
    assertThat(answer.text()).doesNotContain("at org.").doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /merchants/raileast/catalog?limt=3           | limt    | one of category, cursor, limit, q
          /merchants/raileast/seatmap?ofer=x           | ofer    | one of carriage, class, date, from, item, offer, to
          /merchants/raileast/catalog/raileast.G1?q=1  | q       | no query parameters
          /merchants/raileast/catalog?limit=3&limit=4  | limit   | once
          /merchants/raileast/catalog?limit=many       | limit   | a whole number
          /psp/payments?order_no=o_1                   | order_no | one of cursor, delegation_id, request_id
          /psp/payments/T-1?wait_seconds=x             | wait_seconds | a whole number
          """)
  void anUnknownQueryParameterIsRefused(String path, String field, String expected) {
    var answer = server.get(base + path, bearer(world.roleKey(Role.AGENT, null)));

    var details = answer.json().path("error").path("details");
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(details.path("code").asString()).isEqualTo("invalid_field");
    assertThat(details.path("field").asString()).isEqualTo(field);
    assertThat(details.path("expected").asString()).isEqualTo(expected);
  }

  @Test
  void aMisspeltFilterOfTheJournalIsRefusedAndNotIgnored() {
    var operator = bearer(world.roleKey(Role.OPERATOR, null));
    var journal = "/api/worlds/" + world.name() + "/journal";

    var misspelt = server.get(journal + "?order_nr=o_1", operator);
    assertThat(misspelt.status()).isEqualTo(400);
    assertThat(misspelt.json().path("field").asString()).isEqualTo("order_nr");
    assertThat(misspelt.json().path("expected").asString()).contains("order_no").contains("after");

    assertThat(server.get(journal + "?order_no=o_1", operator).status()).isEqualTo(200);
    assertThat(server.get(journal + "?order_nr=o_1", bearer("wrong")).status()).isEqualTo(401);
  }

  @Test
  void aTenMegabyteBodyIsRefusedBeforeItIsSent() throws Exception {
    try (var socket = new Socket("localhost", server.origin().getPort())) {
      socket.setSoTimeout(10_000);
      var head =
          "POST %s/psp/payments HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10485760\r\n\r\n{"
              .formatted(base);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();

      var answer = allOf(socket);

      assertThat(answer).startsWith("HTTP/1.1 413").contains("body_too_large");
    }
  }

  @Test
  void aChunkedBodyIsBoundedToo() throws Exception {
    try (var socket = new Socket("localhost", server.origin().getPort())) {
      socket.setSoTimeout(10_000);
      var out = socket.getOutputStream();
      out.write(
          "POST %s/psp/payments HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
              .formatted(base)
              .getBytes(StandardCharsets.US_ASCII));
      try {
        for (int i = 0; i < 80; i++) {
          out.write(("1000\r\n" + " ".repeat(4096) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
      } catch (IOException serverHungUpAlready) {
        assertThat(serverHungUpAlready).hasMessageMatching(".*(reset|pipe|closed|abort).*");
      }

      assertThat(allOf(socket)).startsWith("HTTP/1.1 413");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /w/x/psp/<x HTTP/1.1      |                         | 400 | request_malformed | application/json
          GET /w/x/psp/%zz HTTP/1.1     |                         | 400 | request_malformed | application/json
          GET /api/worlds/%zz HTTP/1.1  |                         | 400 | request_malformed | application/problem+json
          NONSENSE                      |                         | 400 | request_malformed | application/json
          GET /w/x/psp/x HTTP/1.1       | Bad Header: 1           | 400 | request_malformed | application/json
          GET /w/x/psp/x HTTP/1.1       | Host: evil.example      | 400 | request_malformed | application/json
          GET /api/worlds HTTP/1.1      | Host: localhost         | 400 | request_malformed | application/problem+json
          GET http://evil.example/api/worlds HTTP/1.1 |           | 400 | request_malformed | application/json
          GET http://localhost:1/w/x HTTP/1.1 |                   | 400 | request_malformed | application/json
          GET /api/worlds HTTP/1.1      | Bad Header: 1           | 400 | request_malformed | application/problem+json
          POST /w/x/psp/y HTTP/1.1      | Content-Length: 1, 2    | 400 | request_malformed | application/json
          GET /w/x/psp/x HTTP/1.1       | Payment-Proof: @40000   | 431 | header_too_large  | application/json
          GET /w/x/psp/@20000 HTTP/1.1  |                         | 414 | address_too_long  | application/json
          """)
  void malformedRequestsAreRefusedInTheSurfacesForm(
      String line, String header, int status, String code, String type) throws Exception {
    var head = line + "\r\nHost: localhost\r\n" + (header == null ? "" : header + "\r\n") + "\r\n";

    var answer = raw(grown(head.replace("/w/x", base)));

    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("content-type: " + type)
        .contains("Act-Sandbox: true")
        .contains(code)
        .contains("\"expected\":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /nowhere HTTP/1.1",
        "POST /nowhere/else HTTP/1.1",
        "GET /assets/none.css HTTP/1.1",
        "OPTIONS * HTTP/1.1"
      })
  void anUnknownAddressIsRefusedInTheProtocolsForm(String line) throws Exception {
    assertThat(raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404 ")
        .contains("Act-Sandbox: true")
        .contains("\"error_id\":")
        .contains("\"code\":\"not_found\"");
  }

  @Test
  void aBodyThatIsNotChunkedAsAnnouncedIsRefused() throws Exception {
    var answer =
        raw(
            "POST %s/psp/payments HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
                .formatted(base));

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("request_malformed");
    assertThat(server.get("/api/health").status()).isEqualTo(200);
  }

  /** Checks that a valid request before a malformed one gets its answer as well. */
  @Test
  void aRequestBeforeAMalformedOneIsAnswered() throws Exception {
    var sound = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n";

    var answer = raw(sound + "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 400 ");
  }

  /** Replaces {@code @20000} by so many characters. */
  private static String grown(String text) {
    return Pattern.compile("@(\\d+)")
        .matcher(text)
        .replaceAll(found -> "a".repeat(Integer.parseInt(found.group(1))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example"})
  void otherHostNamesAreRefused(String host) throws Exception {
    assertThat(raw("GET /api/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void localNamesAreServed() throws Exception {
    for (var host : List.of("localhost", "127.0.0.1:99", "[::1]:8080")) {
      assertThat(raw("GET /api/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void otherWebSitesChangeNothing() {
    assertThat(server.post("/api/worlds", "{}", "Origin", "https://evil.example").status())
        .isEqualTo(403);
    assertThat(server.post("/api/worlds", "{}", "Origin", "null").status()).isEqualTo(403);
    assertThat(server.post(base + "/psp/payments", "{}", "Sec-Fetch-Site", "cross-site").status())
        .isEqualTo(403);
    assertThat(server.post("/api/worlds", "{}", "Origin", server.origin().toString()).status())
        .isEqualTo(201);
  }

  @Test
  void invalidKeysAreRefusedAndRecorded() {
    assertThat(server.get(base + "/dids", bearer("act_agent_x")).status()).isEqualTo(401);
    assertThat(server.get(base + "/dids", "Authorization", "Basic abc").status()).isEqualTo(401);
    var others = server.world("demo").roleKey(Role.PRINCIPAL, null);
    assertThat(server.get(base + "/dids", bearer(others)).status()).isEqualTo(403);

    assertThat(entries(JournalNote.Kind.REFUSAL))
        .extracting(JournalEntry::event)
        .containsExactly("key_invalid", "key_invalid", "key_forbidden");
  }

  @Test
  void theDemoWorldNeedsNoPrefixAndPeopleGetTheConsole() {
    assertThat(server.get("/dids/raileast").text())
        .isEqualTo(server.get("/w/demo/dids/raileast").text());
    assertThat(server.get("/dids/raileast", "Accept", "text/html").text())
        .doesNotContain("verificationMethod");
  }

  @Test
  void aRefusalSaysItsRuleAndWhereTheRuleIsExplained() {
    var agent = bearer(world.roleKey(Role.AGENT, null));

    var refused = server.send("POST", base + "/merchants/raileast/intents", "{", agent);
    var details = refused.json().at("/error/details");
    assertThat(details.path("rule").asString()).isEqualTo("CID-3");
    assertThat(details.path("rule_url").asString()).isEqualTo("/rules#cid-3");

    var problem = server.send("POST", "/api/worlds", "{", agent).json();
    assertThat(problem.path("rule").asString()).isEqualTo("RFC 8259");
    assertThat(problem.path("rule_url").asString()).isEqualTo("https://www.rfc-editor.org/rfc8259");

    var none = server.get(base + "/dids/nobody").json().at("/error/details");
    assertThat(none.has("rule")).isFalse();
    assertThat(none.has("rule_url")).isFalse();
  }

  @Test
  void anExchangeIsRecordedWithItsParticipantsAndIds() {
    server.get(
        base + "/merchants/raileast/orders/R-1",
        "Authorization",
        "Bearer " + world.roleKey(Role.AGENT, null),
        "Act-Intent-Id",
        "I-7");

    var entry = entries(JournalNote.Kind.EXCHANGE).getFirst();
    assertThat(entry.actor()).isEqualTo("did:act:demo-agent");
    assertThat(entry.peer()).isEqualTo("did:act:raileast");
    assertThat(entry.component()).isEqualTo("CID-CART-CFM");
    assertThat(entry.event()).isEqualTo("order");
    assertThat(entry.ids()).containsEntry("order_no", "R-1").containsEntry("intent_id", "I-7");
    assertThat(entry.data().path("status").asInt()).isEqualTo(404);
    assertThat(entry.data().path("response_body").path("json").path("error").isObject()).isTrue();
    assertThat(world.journalStore().read(JournalQuery.after(0, 10).with("intent_id", "I-7")))
        .isNotEmpty();
  }

  @Test
  void noSecretEverReachesTheJournal() {
    var key = world.roleKey(Role.PRINCIPAL, null);
    var pin = "975318";
    server.post(base + "/psp/pin", "{\"old_pin\":\"975318\",\"new_pin\":\"975318\"}", bearer(key));
    server.post(
        base + "/psp/payments/T-1/approval",
        "{\"decision\":\"APPROVE\",\"digest\":\"x\",\"pin\":\"975318\"}",
        bearer(key));
    server.post(base + "/psp/payments/T-1/approval", "{\"pin\":\"975318\",", bearer(key));
    server.post(base + "/psp/payments/T-1/approval", "{\"deep\":[{\"pin\":975318}]}", bearer(key));
    server.post(base + "/psp/bindings", "pin=975318&key=" + key, bearer(key));
    server.get(base + "/dids?pin=975318&token=" + key, "Cookie", "session=975318");
    server.get(base + "/dids", "Authorization", "Basic 975318");
    server.get(base + "/dids", "X-Anything", key);

    var rows =
        world.journalStore().read(JournalQuery.after(0, JournalQuery.MAX_LIMIT)).stream()
            .map(Json::write)
            .toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(8);
    var mac = key.substring(key.lastIndexOf('_') + 1);
    assertThat(rows)
        .noneMatch(text -> text.contains(pin))
        .noneMatch(text -> text.contains(mac))
        .noneMatch(text -> text.contains(world.seed()));
  }

  @Test
  void bigBodiesAreKeptAsDigestAndBeginning() {
    server.post(base + "/psp/payments", "{\"text\":\"" + "x".repeat(100_000) + "\"}");

    var body = entries(JournalNote.Kind.EXCHANGE).getFirst().data().path("request_body");
    assertThat(body.path("length").asInt()).isGreaterThan(100_000);
    assertThat(body.path("digest").asString()).startsWith("sha-256:");
    assertThat(body.path("text").asString()).hasSizeLessThan(3_000);
  }

  private List<JournalEntry> entries(JournalNote.Kind kind) {
    return world.journalStore().read(JournalQuery.after(0, 100).of(kind));
  }

  private static String raw(String request) throws IOException {
    try (var socket = new Socket("localhost", server.origin().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return allOf(socket);
    }
  }

  @Test
  void anAbsoluteAddressOfTheSameHostIsAccepted() throws Exception {
    assertThat(
            raw(
                "GET http://localhost/api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  private static String allOf(Socket socket) throws IOException {
    var all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (IOException reset) {
      // The server answers and closes while the rest of the body is still arriving.
      assertThat(all.size()).as("answer before " + reset.getMessage()).isPositive();
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
