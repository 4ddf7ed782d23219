package org.actsandbox.sandbox.wiring;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.hostile.CapturedLog;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests worlds of a server that runs on a hosted model, and of one that does not (ADR 13). */
class ModelChoiceTests {

  private static final String WISH = "Find me a train to Shanghai tomorrow";
  private static final String HOSTED_TEXT = "I am the hosted one.";
  private static final String KEY = "sk-proj-not-to-be-told-7c1f";
  private static final String STOPPED = "\"clock\":{\"mode\":\"stopped\"}";

  private static final WireMockServer HOSTED = new WireMockServer(options().dynamicPort());

  @TempDir static Path data;

  private static SandboxServer server;

  @BeforeAll
  static void start() {
    HOSTED.start();
    HOSTED.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "text/event-stream")
                    .withBody(
                        chunk("{\"content\":\"%s\"}".formatted(HOSTED_TEXT), "null")
                            + chunk("{}", "\"stop\"")
                            + "data: [DONE]\n\n")));
    server = onHosted();
  }

  private static String chunk(String delta, String finish) {
    return "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"any\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
        .formatted(delta, finish);
  }

  private static SandboxServer onHosted() {
    return SandboxServer.start(
        data,
        "--act.agent.model.provider=openai",
        "--act.agent.model.base-url=" + HOSTED.baseUrl() + "/v1",
        "--act.agent.model.api-key=" + KEY,
        "--act.agent.model.name=any");
  }

  @AfterAll
  static void stop() {
    server.close();
    HOSTED.stop();
  }

  @BeforeEach
  void forget() {
    HOSTED.resetRequests();
  }

  @Test
  void aWorldOnTheBuiltInModelCallsNoServer() {
    var view = createWorld("{\"model\":\"built-in\",%s}".formatted(STOPPED));
    assertThat(view.path("model").asString()).isEqualTo("built-in");
    assertThat(view.at("/agent/model").asString()).isEqualTo("built-in");

    var talk = new DirectedConversation(server, world(view)).says(WISH);
    assertThat(talk.told("offers")).hasSize(1);
    assertThat(HOSTED.getAllServeEvents()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"model\":\"configured\","})
  void otherWorldsUseTheConfiguredModel(String model) {
    var view = createWorld("{%s%s}".formatted(model, STOPPED));
    assertThat(view.path("model").asString()).isEqualTo("configured");
    assertThat(view.at("/agent/model").asString()).isEqualTo("openai any");
    assertThat(view.toString()).doesNotContain(KEY);

    var talk = new DirectedConversation(server, world(view)).says(WISH);
    assertThat(talk.said()).contains(HOSTED_TEXT);
    assertThat(talk.told("offers")).isEmpty();
    assertThat(HOSTED.getAllServeEvents()).hasSize(1);
  }

  /** Checks that the model of one world does not affect another world. */
  @Test
  void twoWorldsOfOneServerHaveTheirOwnModels() {
    var plain =
        new DirectedConversation(
            server, world(createWorld("{\"model\":\"built-in\",%s}".formatted(STOPPED))));
    var hosted = new DirectedConversation(server, world(createWorld("{%s}".formatted(STOPPED))));
    hosted.says(WISH);
    plain.says(WISH);
    hosted.says(WISH);
    assertThat(plain.told("offers")).hasSize(1);
    assertThat(hosted.told("offers")).isEmpty();
  }

  @Test
  void theModelStaysAfterAResetAndARestart() {
    var world = world(createWorld("{\"model\":\"built-in\",%s}".formatted(STOPPED)));
    var again =
        server.post(
            "/api/worlds/" + world.name() + "/reset",
            "{}",
            bearer(world.roleKey(Role.OPERATOR, null)));
    assertThat(again.json().path("model").asString()).isEqualTo("built-in");
    server.close();
    server = onHosted();
    var talk = new DirectedConversation(server, server.world(world.name())).says(WISH);
    assertThat(talk.told("offers")).hasSize(1);
    assertThat(HOSTED.getAllServeEvents()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"builtin", "openai", "CONFIGURED", ""})
  void anotherNameIsRefused(String name) {
    var refused = server.post("/api/worlds", "{\"model\":\"%s\"}".formatted(name));
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.json().path("field").asString()).isEqualTo("model");
    assertThat(refused.json().path("expected").asString()).isEqualTo("built-in or configured");
  }

  /** Checks rows of versions without a choice of the model. */
  @Test
  void olderWorldsUseTheConfiguredModel() {
    var row = (ObjectNode) Json.tree(WorldSettings.DEFAULT);
    row.remove("model");
    row.remove("merchants");
    assertThat(Json.read(row, WorldSettings.class)).isEqualTo(WorldSettings.DEFAULT);
  }

  static Stream<Arguments> answersWithTheKey() {
    var echo = "{\"error\":{\"message\":\"the key %s is not for this\"}}".formatted(KEY);
    var text = "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n".formatted(KEY);
    return Stream.of(
        Arguments.of(
            "success",
            sse(chunk("{\"content\":\"Hello\"}", "null") + chunk("{}", "\"stop\""))
                .withHeader("X-Key", KEY)),
        Arguments.of("401", aResponse().withStatus(401).withBody(echo)),
        Arguments.of("429", aResponse().withStatus(429).withBody(echo)),
        Arguments.of("500", aResponse().withStatus(500).withBody(echo)),
        Arguments.of("503", aResponse().withStatus(503).withHeader("X-Key", KEY).withBody(KEY)),
        Arguments.of("garbage", sse("data: {" + KEY + "\n\n")),
        Arguments.of("another content", aResponse().withBody("<html>" + KEY + "</html>")),
        Arguments.of("cut stream", sse(text)),
        Arguments.of("cut connection", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));
  }

  private static ResponseDefinitionBuilder sse(String body) {
    return aResponse().withHeader("Content-Type", "text/event-stream").withBody(body);
  }

  /** Some providers repeat the key in their errors, and a model may repeat anything. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("answersWithTheKey")
  void noOutputHasTheKeyOfTheModel(String name, ResponseDefinitionBuilder answer) {
    var stub = HOSTED.stubFor(any(anyUrl()).atPriority(1).willReturn(answer));
    var log = new CapturedLog();
    log.start();
    try {
      var world = world(createWorld("{%s}".formatted(STOPPED)));
      var talk = new DirectedConversation(server, world).says(WISH);
      assertThat(HOSTED.getAllServeEvents())
          .isNotEmpty()
          .allSatisfy(
              sent -> assertThat(sent.getRequest().getHeader("Authorization")).contains(KEY));

      var operator = bearer(world.roleKey(Role.OPERATOR, null));
      var api = "/api/worlds/" + world.name();
      var outputs = new LinkedHashMap<String, String>();
      outputs.put("conversation", talk.get(talk.conversationPath()).toString());
      for (var path :
          List.of(
              "/journal?limit=200",
              "/journal/export?format=har",
              "/journal/export?format=curl",
              "/journal/export?format=json",
              "/knowledge")) {
        outputs.put(path, server.get(api + path, operator).text());
      }
      outputs.put("metrics", server.get("/metrics").text());
      outputs.put("world", server.get(api, operator).text());
      outputs.put("log", log.text());
      assertThat(outputs.get("/journal?limit=200")).contains("model-asked");
      outputs.forEach((place, text) -> assertThat(text).as(place).doesNotContain(KEY));
    } finally {
      log.stop();
      HOSTED.removeStub(stub);
    }
  }

  private static JsonNode createWorld(String body) {
    var made = server.post("/api/worlds", body);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json();
  }

  private static World world(JsonNode view) {
    return server.world(view.path("world").asString());
  }
}
