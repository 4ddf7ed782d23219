package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that bad input at every endpoint gets a clear error in the form of its surface, loses
 * nothing, and shows no stack trace.
 */
@ExtendWith(SandboxExtension.class)
class HostileInputScenarioTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"text\"",
        "{\"request_id\":1,\"request_id\":2}",
        "{\"request_id\":{\"a\":[]}}",
        "{\"timestamp\":\"yesterday\"}",
        "{\"request_id\":\"\\ud800\"}"
      })
  void bodiesThatAreNotTheMessageAreRefused(String body, ScenarioTestWorld scenarioTestWorld) {
    for (var path : new String[] {"/merchants/raileast/intents", "/merchants/raileast/carts"}) {
      protocolError(raw(scenarioTestWorld, path, null, body));
    }
    protocolError(
        raw(scenarioTestWorld, "/psp/payments", scenarioTestWorld.buyer().agent().key(), body));
    protocolError(
        raw(
            scenarioTestWorld,
            "/agents/demo-agent/conversations/none/messages",
            scenarioTestWorld.target().keys().principal(),
            body));
  }

  @Test
  void controlApiAnswersProblems(ScenarioTestWorld scenarioTestWorld) {
    for (var body : new String[] {"{", "[]", "{\"mode\":7}", "{\"mode\":\"sideways\"}"}) {
      var reply =
          scenarioTestWorld
              .buyer()
              .send(
                  "PUT",
                  scenarioTestWorld.target().api("/clock"),
                  scenarioTestWorld.target().keys().operator(),
                  body.getBytes(StandardCharsets.UTF_8),
                  Map.of());

      assertThat(reply.status()).as(body).isEqualTo(400);
      assertThat(reply.answer().header("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(reply.code()).as(body).isNotEmpty();
      noTrace(reply);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/w/%s/psp/wallet", "/w/%s/dids", "/api/worlds/%s/clock", "/api/worlds"})
  void headersThatNameNoMediaTypeAreRefused(String path, ScenarioTestWorld scenarioTestWorld) {
    for (var accept : new String[] {"-1", "a", "text/", "a b/c", "*/json", "x".repeat(2_000)}) {
      var reply =
          scenarioTestWorld
              .buyer()
              .send(
                  "GET",
                  URI.create(
                      scenarioTestWorld.target().origin()
                          + path.formatted(scenarioTestWorld.target().world())),
                  scenarioTestWorld.target().keys().operator(),
                  new byte[0],
                  Map.of("Accept", accept));

      assertThat(reply.status()).as(accept).isIn(401, 403, 406);
      assertThat(reply.code()).as(accept).isNotEmpty();
      noTrace(reply);
    }
  }

  @Test
  void bodiesOfTenMegabytesAreCutShort(ScenarioTestWorld scenarioTestWorld) {
    var body = new byte[10 * 1024 * 1024];
    Arrays.fill(body, (byte) ' ');

    var reply =
        scenarioTestWorld
            .buyer()
            .send(
                "POST",
                scenarioTestWorld.target().at("/merchants/raileast/carts"),
                null,
                body,
                Map.of());

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.code()).isEqualTo("body_too_large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/merchants/nobody/catalog",
        "/merchants/raileast/catalog/no-such-item",
        "/merchants/raileast/fulfilment/R-NONE",
        "/psp/payments/T-NONE",
        "/agents/demo-agent/conversations/none",
        "/nothing/here"
      })
  void unknownResourcesAreNotFound(String path, ScenarioTestWorld scenarioTestWorld) {
    var key =
        path.startsWith("/agents")
            ? scenarioTestWorld.target().keys().principal()
            : scenarioTestWorld.buyer().agent().key();

    var reply = scenarioTestWorld.buyer().get(path, key);

    assertThat(reply.status()).isEqualTo(404);
    protocolError(reply);
  }

  @Test
  void anotherWorldsKeyOpensNothing(ScenarioTestWorld mine, ScenarioTestWorld theirs) {
    var reply = mine.buyer().get("/psp/wallet", theirs.target().keys().principal());

    assertThat(reply.status()).isIn(401, 403);
    protocolError(reply);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "act_principal_demo_", "Basic abc", "act_agent_x_y", "\u00e9"})
  void keysThatAreNotKeysAreRefused(String key, ScenarioTestWorld scenarioTestWorld) {
    var reply =
        scenarioTestWorld
            .buyer()
            .send(
                "GET",
                scenarioTestWorld.target().at("/psp/wallet"),
                null,
                null,
                Map.of("Authorization", "Bearer " + key));

    assertThat(reply.status()).isEqualTo(401);
    protocolError(reply);
  }

  @Test
  void proofHeadersThatAreNotProofsAreRefused(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = scenarioTestWorld.heldTrain("1");
    var json = "{\"protocol\":{},\"method\":{}}".getBytes(StandardCharsets.UTF_8);
    var notUtf8 = new byte[] {'{', (byte) 0xC3, '}'};
    var url = Base64.getUrlEncoder().withoutPadding();
    for (var header :
        new String[] {
          "=",
          "%%%",
          Base64.getUrlEncoder()
              .encodeToString("{\"protocol\":{}}".getBytes(StandardCharsets.UTF_8)),
          url.encodeToString(notUtf8),
          url.encodeToString("not json".getBytes(StandardCharsets.UTF_8)),
          url.encodeToString("[1,2]".getBytes(StandardCharsets.UTF_8)),
          url.encodeToString(json),
          "A".repeat(A402Headers.MAX_LENGTH + 1)
        }) {
      var reply = scenarioTestWorld.buyer().sendProofHeader(heldOrder.resource(), header);

      assertThat(reply.status()).as(header).isIn(400, 402, 431);
      noTrace(reply);
    }
    assertThat(scenarioTestWorld.buyer().askForResource(heldOrder.resource()).status())
        .isEqualTo(402);
  }

  private static Reply raw(
      ScenarioTestWorld scenarioTestWorld, String path, String key, String body) {
    return scenarioTestWorld
        .buyer()
        .send(
            "POST",
            scenarioTestWorld.target().at(path),
            key,
            body.getBytes(StandardCharsets.UTF_8),
            Map.of());
  }

  private static void protocolError(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isBetween(400, 499);
    var error = reply.json().path("error");
    assertThat(error.path("error_id").asString("")).as(reply.toString()).startsWith("ACT-");
    assertThat(error.path("message").asString("")).isNotEmpty();
    assertThat(error.path("valid_next_actions").isEmpty()).isFalse();
    assertThat(Json.write(error.path("details").path("code"))).isNotEqualTo("\"\"");
    noTrace(reply);
  }

  private static void noTrace(Reply reply) {
    assertThat(reply.text()).doesNotContain("\tat ", "Exception", "org.actsandbox", "jdbc");
  }
}
