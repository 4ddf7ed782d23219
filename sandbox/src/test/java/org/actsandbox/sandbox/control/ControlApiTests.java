package org.actsandbox.sandbox.control;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the control API over HTTP. */
class ControlApiTests {

  static final SandboxServer server = SandboxServer.shared();

  @Test
  void healthSaysItIsASandbox() {
    var answer = server.get("/api/health");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Act-Sandbox")).isEqualTo("true");
    assertThat(answer.json().path("sandbox").asBoolean()).isTrue();
    assertThat(answer.json().path("status").asString()).isEqualTo("up");
  }

  @Test
  void createsAWorldWithItsOwnKeysAndShowsItToItsOperatorOnly() {
    var made = server.post("/api/worlds", "{\"name\":\"mine\",\"seed\":\"42\"}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().path("keys").path("merchants").size()).isEqualTo(11);
    var operator = made.json().path("keys").path("operator").asString();
    assertThat(server.get("/api/worlds/mine", bearer(operator)).json().path("world").asString())
        .isEqualTo("mine");
    assertThat(server.get("/api/worlds/mine").status()).isEqualTo(401);
    assertThat(server.get("/api/worlds/demo", bearer(operator)).status()).isEqualTo(403);
    assertThat(
            server
                .get("/api/worlds/mine", bearer(made.json().path("keys").path("agent").asString()))
                .status())
        .isEqualTo(403);
    assertThat(server.post("/api/worlds", "{\"name\":\"mine\"}").status()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"UPPER"}                                       | 400 | name
          {"name":"-a"}                                          | 400 | name
          {"name":"aaaaaaaaaabbbbbbbbbbccccccccccdddddddddde"}   | 400 | name
          {"seed":[]}                                            | 400 | seed
          {"name":7}                                             | 400 | name
          {"seed":""}                                            | 400 | seed
          {"principal":{"language":"fr"}}                            | 400 | principal.language
          {"principal":{"balance":"1E999999999"}}                | 400 | principal.balance
          {"principal":{"balance":"-1"}}                         | 400 | principal.balance
          {"principal":{"balance":"abc"}}                        | 400 | principal.balance
          {"name":"a","name":"b"}                                | 400 |
          {"name":                                               | 400 |
          []                                                     | 400 | body
          """)
  void refusesBadWorldsAsProblemJson(String body, int status, String field) {
    var answer = server.post("/api/worlds", body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("type").asString()).startsWith("urn:act-sandbox:problem:");
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    if (field != null) {
      assertThat(answer.json().path("field").asString()).isEqualTo(field);
    }
  }

  /**
   * Checks that an unknown field is refused: ignored, it could turn a misspelt request into an
   * honest world, or into a fault of every request.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"mutant":["bait-price"]}                       | mutant             | mutants
          {"principal":{"ballance":"5.00"}}               | principal.ballance | balance
          {"clock":{"mode":"stopped","at":"2026-01-01"}}  | clock.at           | now
          """)
  void refusesAnUnknownFieldAndNamesTheKnownOnes(String body, String field, String known) {
    var refused = server.post("/api/worlds", body);

    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.json().path("field").asString()).isEqualTo(field);
    assertThat(refused.json().path("expected").asString()).startsWith("one of ").contains(known);
  }

  @Test
  void frameworkErrorsAreProblemsToo() {
    assertThat(server.get("/api/nowhere").json().path("code").asString()).isEqualTo("not_found");
    var method = server.send("PUT", "/api/worlds", "{}");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.header("Allow")).contains("GET").contains("POST");
    assertThat(server.send("POST", "/api/worlds", "{}", "Content-Type", "text/plain").status())
        .isEqualTo(415);
    assertThat(server.get("/api/worlds", "Accept", "image/png").status()).isEqualTo(406);
    assertThat(server.get("/api/worlds?limit=many").json().path("field").asString())
        .isEqualTo("limit");
    assertThat(server.get("/api/worlds?limit=0").status()).isEqualTo(400);
    assertThat(server.post("/api/worlds", "x".repeat(300_000)).status()).isEqualTo(413);
    assertThat(server.get("/api/worlds/nobody").status()).isEqualTo(404);
  }

  @Test
  void listsWorldsPageByPage() {
    for (int i = 0; i < 5; i++) {
      server.post("/api/worlds", "{\"name\":\"page-%d\"}".formatted(i));
    }

    var first = server.get("/api/worlds?cursor=page-0&limit=2").json();
    assertThat(first.path("items").size()).isEqualTo(2);
    assertThat(first.path("items").get(0).path("world").asString()).isEqualTo("page-1");
    var next = first.path("next").asString();
    var second = server.get("/api/worlds?limit=2&cursor=" + next).json();
    assertThat(second.path("items").get(0).path("world").asString()).isEqualTo("page-3");
  }

  @Test
  void deletingSparesTheDemoAndOtherWorlds() {
    var world = server.newWorld();
    var key = bearer(server.operator(world));

    assertThat(server.send("DELETE", "/api/worlds/" + world.name(), null, key).status())
        .isEqualTo(204);
    assertThat(server.get("/api/worlds/" + world.name(), key).status()).isEqualTo(404);
    assertThat(server.get("/w/" + world.name() + "/dids").status()).isEqualTo(404);
    assertThat(server.get("/w/" + world.name() + "/dids").json().path("error").isObject()).isTrue();
    server.post("/api/worlds", "{\"name\":\"%s\"}".formatted(world.name()));
    assertThat(server.get("/api/worlds/" + world.name(), key).status()).isEqualTo(401);
    var demo = bearer(server.operator(server.world("demo")));
    assertThat(server.send("DELETE", "/api/worlds/demo", null, demo).status()).isEqualTo(409);
  }

  @Test
  void resetKeepsSeedKeysAndJournalNumbers() {
    var world = server.newWorld();
    var key = bearer(server.operator(world));
    server.get("/w/" + world.name() + "/dids/raileast");
    var before = server.get("/api/worlds/" + world.name() + "/journal", key).json();
    var keysBefore = server.get("/w/" + world.name() + "/dids/raileast").text();

    var reset = server.post("/api/worlds/" + world.name() + "/reset", "", key);

    assertThat(reset.status()).isEqualTo(200);
    assertThat(reset.json().path("seed").asString()).isEqualTo(world.seed());
    assertThat(reset.json().has("keys")).as("the operator gets no other role's key").isFalse();
    assertThat(server.get("/w/" + world.name() + "/dids/raileast").text()).isEqualTo(keysBefore);
    var after = server.get("/api/worlds/" + world.name() + "/journal", key).json();
    assertThat(after.path("items").get(0).path("seq").asLong())
        .isGreaterThan(before.path("last").asLong());
  }

  @Test
  void servesAnOpenApiDocumentInSnakeCase() {
    var document = server.get("/api/openapi.json");

    assertThat(document.status()).isEqualTo(200);
    assertThat(document.text()).contains("/api/worlds/{world}/clock/advance");
    assertThat(document.text()).contains("created_at").doesNotContain("createdAt");
    assertThat(document.text()).contains("/w/{world}/merchants/{merchant}/carts");
  }

  @Test
  void setsStopsAndAdvancesClocks() {
    var world = server.newWorld();
    var path = "/api/worlds/" + world.name() + "/clock";
    var key = bearer(server.operator(world));

    var stopped =
        server.send("PUT", path, "{\"mode\":\"stopped\",\"now\":\"2026-12-01T08:00:00Z\"}", key);
    assertThat(stopped.json().path("now").asString()).isEqualTo("2026-12-01T08:00:00Z");
    var later = server.post(path + "/advance", "{\"by\":\"PT10M\"}", key);
    assertThat(later.json().path("now").asString()).isEqualTo("2026-12-01T08:10:00Z");
    assertThat(server.post(path + "/advance", "{\"to\":\"2026-12-01T08:00:00Z\"}", key).status())
        .isEqualTo(400);
    assertThat(server.post(path + "/advance", "{\"by\":\"-PT1S\"}", key).status()).isEqualTo(400);
    assertThat(server.post(path + "/advance", "{}", key).status()).isEqualTo(400);
    var soon = server.post(path + "/advance", "{\"by\":\"soon\"}", key).json();
    assertThat(soon.path("field").asString()).isEqualTo("by");
    assertThat(server.send("PUT", path, "{\"mode\":\"warp\"}", key).status()).isEqualTo(400);
    assertThat(
            server
                .send("PUT", path, "{\"mode\":\"stopped\",\"now\":\"9999-01-01T00:00:00Z\"}", key)
                .status())
        .isEqualTo(400);
  }
}
