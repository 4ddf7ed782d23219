package org.actsandbox.agent;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.time.Duration;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.agent.model.Models;
import org.actsandbox.protocol.json.Json;

/** An OpenAI-compatible model played back over HTTP, one streamed answer after another. */
final class Model implements AutoCloseable {

  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private int answers;

  Model() {
    server.start();
  }

  StreamingChatModel client() {
    return Models.of(
        new ModelSettings(
            "openai", server.baseUrl() + "/v1", "secret-key", "any", Duration.ofSeconds(5), null),
        () -> {
          throw new IllegalStateException("not the built-in one");
        });
  }

  Model says(String text) {
    return next(event("{\"role\":\"assistant\",\"content\":" + Json.write(text) + "}", "stop"));
  }

  Model calls(String tool, String arguments) {
    return next(
        event(
            "{\"role\":\"assistant\",\"tool_calls\":[{\"index\":0,\"id\":\"call_"
                + answers
                + "\",\"type\":\"function\",\"function\":{\"name\":\""
                + tool
                + "\",\"arguments\":"
                + Json.write(arguments)
                + "}}]}",
            "tool_calls"));
  }

  Model breaks() {
    return next("", 500);
  }

  private static String event(String delta, String finish) {
    return "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"any\",\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + "}]}\n\ndata: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"any\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\""
        + finish
        + "\"}]}\n\ndata: [DONE]\n\n";
  }

  private Model next(String body) {
    return next(body, 200);
  }

  private Model next(String body, int status) {
    var state = answers == 0 ? Scenario.STARTED : "answer-" + answers;
    answers++;
    server.stubFor(
        any(anyUrl())
            .inScenario("talk")
            .whenScenarioStateIs(state)
            .willSetStateTo("answer-" + answers)
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Content-Type", "text/event-stream")
                    .withBody(body)));
    return this;
  }

  String heard() {
    return server.getAllServeEvents().stream()
        .map(event -> event.getRequest().getBodyAsString())
        .reduce("", String::concat);
  }

  @Override
  public void close() {
    server.stop();
  }
}
