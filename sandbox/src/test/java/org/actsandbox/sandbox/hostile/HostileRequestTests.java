package org.actsandbox.sandbox.hostile;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.hostile.ServedOperations.Operation;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends thousands of altered requests to all operations: each is answered, and none with an
 * internal error. {@code -Dact.hostile.seed=} selects another sequence, {@code
 * -Dact.hostile.requests=} another length; a failure names the seed.
 */
class HostileRequestTests {

  private static final SandboxServer server = SandboxServer.shared();
  private static final long SEED = Long.getLong("act.hostile.seed", 20260302L);
  private static final int REQUESTS = Integer.getInteger("act.hostile.requests", 3_000);

  private World world;

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
  }

  /** Checks that a value that cannot be signed is refused before the signature is checked. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1e400                    | 400 | amount      | a number that a double holds exactly
          1e308                    | 400 | amount      | a number that a double holds exactly
          9007199254740993         | 400 | amount      | a number that a double holds exactly
          -1e-400                  | 400 | amount      | a number that a double holds exactly
          "\\ud800"                | 400 | amount      | Unicode text
          "a\\udc00b"              | 400 | amount      | Unicode text
          "\\u0000"                | 400 | amount      | a text without U+0000
          [{"b":1e400}]            | 400 | amount[0].b | a number that a double holds exactly
          """)
  void aValueWithoutCanonicalFormIsRefusedByItsPlace(
      String value, int status, String field, String expected) {
    for (var path :
        List.of(
            "/psp/payments",
            "/psp/delegated-payments",
            "/psp/autonomous-payments",
            "/psp/delegation-states",
            "/psp/sub-accounts/SA-1/key",
            "/psp/refunds",
            "/psp/fulfilments",
            "/delegations/intents",
            "/merchants/raileast/intents",
            "/merchants/raileast/carts",
            "/merchants/raileast/notifications",
            "/agents/demo-agent/delegation-states")) {
      var body =
          "{\"amount\":%s,\"signer_id\":\"did:act:demo-agent#key-1\",\"signature_type\":\"EdDSA\",\"signature_content\":\"AAAA\"}"
              .formatted(value);
      var role =
          path.contains("refunds") || path.contains("fulfilments")
              ? world.roleKey(
                  org.actsandbox.protocol.identity.Role.MERCHANT,
                  org.actsandbox.protocol.identity.Did.of("raileast"))
              : world.roleKey(org.actsandbox.protocol.identity.Role.AGENT, null);
      var answer = server.post("/w/" + world.name() + path, body, bearer(role));
      if (answer.status() == 404) {
        throw new AssertionError(path + " is not there: " + answer.text());
      }
      var details = answer.json().path("error").path("details");
      assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(status);
      assertThat(details.path("field").asString()).as(path).isEqualTo(field);
      assertThat(details.path("expected").asString()).as(path).contains(expected);
    }
  }

  @Test
  void tooDeepOrTooLongInputIsRefusedWithTheLimit() {
    var agent = bearer(world.roleKey(org.actsandbox.protocol.identity.Role.AGENT, null));
    for (var body :
        List.of(
            "{\"a\":".repeat(200) + "1" + "}".repeat(200),
            "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
            "{\"a\":" + "9".repeat(5_000) + "}",
            "{\"a\":\"" + "x".repeat(70_000) + "\"}")) {
      var answer = server.post("/w/" + world.name() + "/psp/delegated-payments", body, agent);
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      var details = answer.json().path("error").path("details");
      assertThat(details.path("code").asString()).isEqualTo("malformed_json");
      assertThat(details.path("expected").asString()).contains("64 levels");
      assertThat(answer.text()).doesNotContain("StreamReadConstraints", "Exception");
    }
  }

  @Test
  void noAlteredRequestMakesTheServerFail() {
    var random = new Random(SEED);
    var openApi = server.get("/api/openapi.json").document();
    var operations = ServedOperations.of(server).stream().filter(each -> !each.isStream()).toList();
    var failed = new ArrayList<String>();
    for (int i = 0; i < REQUESTS; i++) {
      var operation = operations.get(i % operations.size());
      if (isTheEndOfTheWorld(operation)) {
        continue;
      }
      var sent = altered(operation, openApi, random);
      SandboxServer.Answer answer;
      try {
        answer =
            server.send(
                operation.method(),
                sent.path(),
                operation.method().equals("GET") ? null : sent.body(),
                bearer(operation.key(world)));
      } catch (UncheckedIOException unanswered) {
        failed.add(
            "%s %s %s -> %s"
                .formatted(operation.method(), sent.path(), cut(sent.body()), unanswered));
        continue;
      }
      if (answer.status() >= 500
          || answer.text().contains("Exception")
          || answer.text().contains("\tat ")
          || answer.text().contains("org.actsandbox")
          || answer.text().contains("tools.jackson")) {
        failed.add(
            "%s %s %s -> %d: %s"
                .formatted(
                    operation.method(),
                    sent.path(),
                    cut(sent.body()),
                    answer.status(),
                    cut(answer.text())));
      }
    }
    assertThat(failed).as("seed " + SEED).isEmpty();
    var books =
        server.get(
            "/w/" + world.name() + "/psp/ledger/balance",
            bearer(world.roleKey(org.actsandbox.protocol.identity.Role.OPERATOR, null)));
    assertThat(books.json().path("sum").asString()).isEqualTo("0");
    assertThat(server.get("/api/health").status()).isEqualTo(200);
  }

  /** Says whether the operation would end the world, which is still needed. */
  private static boolean isTheEndOfTheWorld(Operation operation) {
    return operation.path().matches("/api/worlds/\\{world}(/reset)?")
        && !operation.method().equals("GET");
  }

  private record Sent(String path, String body) {}

  private Sent altered(Operation operation, JsonNode openApi, Random random) {
    var id = random.nextInt(4) == 0 ? IDS.get(random.nextInt(IDS.size())) : "x-1";
    var path = operation.in(world, id);
    if (random.nextInt(6) == 0) {
      path += QUERIES.get(random.nextInt(QUERIES.size()));
    }
    if (operation.method().equals("GET")) {
      return new Sent(path, "");
    }
    var message = ServedOperations.example(openApi, operation);
    int changes = random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      alter(message, random, 0);
    }
    var text = Json.write(signed(message, random));
    // Inserted as text, because no JSON tree can hold all of them.
    var wild = WILD.get(random.nextInt(WILD.size()));
    return new Sent(
        path,
        switch (random.nextInt(5)) {
          case 0 -> text.replaceFirst("\"x-1\"", java.util.regex.Matcher.quoteReplacement(wild));
          case 1 ->
              text.replaceFirst(
                  ":1([,}])", ":" + java.util.regex.Matcher.quoteReplacement(wild) + "$1");
          case 2 -> text.substring(0, random.nextInt(text.length() + 1));
          default -> text;
        });
  }

  private ObjectNode signed(ObjectNode message, Random random) {
    if (!message.has(SignedJson.SIGNATURE_CONTENT) || random.nextBoolean()) {
      return message;
    }
    Signer signer = random.nextInt(3) == 0 ? world.signer(World.PSP) : world.signer(world.agent());
    try {
      return SignedJson.sign(message, signer);
    } catch (IllegalArgumentException withoutCanonicalForm) {
      return message;
    }
  }

  private static void alter(JsonNode node, Random random, int depth) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      var names = List.copyOf(object.propertyNames());
      var name = names.get(random.nextInt(names.size()));
      if (depth < 5 && random.nextBoolean() && object.path(name).isContainer()) {
        alter(object.path(name), random, depth + 1);
      } else if (random.nextInt(5) == 0) {
        object.remove(name);
      } else {
        object.set(name, value(random));
      }
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      alter(array.get(random.nextInt(array.size())), random, depth + 1);
    }
  }

  private static JsonNode value(Random random) {
    return Json.parse(VALUES.get(random.nextInt(VALUES.size())));
  }

  private static String cut(String text) {
    return text.length() <= 600 ? text : text.substring(0, 600) + "…";
  }

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1.5",
          "1e300",
          "9007199254740993",
          "2147483648",
          "[]",
          "{}",
          "[[[[]]]]",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u202e\"",
          "\"-0.00\"",
          "\"1e9\"",
          "\"99999999999999999999.99\"",
          "\"2026-02-30T00:00:00Z\"",
          "\"+1000000000-12-31T23:59:59.999999999Z\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"P999999999999D\"",
          "\"did:act:\"",
          "\"did:act:demo-agent\"",
          "\"did:act:demo-agent#key-1\"",
          "\"" + "x".repeat(5_000) + "\"",
          "\"a.b.c\"",
          "\"../../etc\"",
          "\"CNY\"",
          "\"XXX\"",
          "[1,\"x\",null]",
          "{\"x\":{\"x\":{}}}");

  private static final List<String> WILD =
      List.of(
          "1e400",
          "1e308",
          "-1e-400",
          "9007199254740993",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "NaN",
          "01",
          "\"\\x\"",
          "[".repeat(100),
          "{\"a\":1,\"a\":2}",
          "1e999999999",
          "\"x\ny\"");

  private static final List<String> IDS =
      List.of(
          "%00",
          "..%2f..",
          "%ff",
          "a%0d%0ab",
          "%F0%9F%98%80",
          "x".repeat(300),
          "-1",
          "0",
          "null",
          "did:act:demo-agent",
          "SA-1",
          "%20",
          "%25",
          "act_principal_demo_x",
          ";a=b");

  private static final List<String> QUERIES =
      List.of(
          "?limit=-1",
          "?limit=99999999999999999999",
          "?cursor=%00",
          "?cursor=eyJ9",
          "?after=x",
          "?cursor=" + "A".repeat(2_000),
          "?limit=1&limit=2",
          "?%00=1",
          "?wait_seconds=-5",
          "?principal_id=x",
          "?account=%F0%9F%98%80",
          "?from=2026-02-30",
          "?date=99999-01-01",
          "?at=-1000000000-01-01T00:00:00Z",
          "?order_no=%00",
          "?format=x",
          "?days=0");
}
