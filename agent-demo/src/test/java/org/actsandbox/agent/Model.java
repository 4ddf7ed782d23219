package org.actsandbox.agent;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.time.Duration;
import java.util.List;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.agent.model.Models;

/** A hosted model played back over HTTP, one streamed answer after another. */
final class Model implements AutoCloseable {

  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private final Wire wire;
  private int answers;

  Model(Wire wire) {
    this.wire = wire;
    server.start();
  }

  StreamingChatModel client() {
    return Models.of(
        new ModelSettings(
            wire.provider(),
            server.baseUrl() + wire.path(),
            "secret-key",
            "any",
            Duration.ofSeconds(20),
            null),
        () -> {
          throw new IllegalStateException("not the built-in one");
        });
  }

  Model says(String text) {
    return next(wire.says(text));
  }

  Model calls(String tool, String arguments) {
    return next(wire.calls("call_" + answers, tool, arguments));
  }

  Model breaks() {
    return next("", 500);
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
                    .withHeader("Content-Type", wire.contentType())
                    // Pieces end anywhere, as they do on a real line.
                    .withChunkedDribbleDelay(7, 20)
                    .withBody(body)));
    return this;
  }

  String heard() {
    return server.getAllServeEvents().stream()
        .map(event -> event.getRequest().getBodyAsString())
        .reduce("", String::concat);
  }

  List<String> paths() {
    return server.getAllServeEvents().reversed().stream()
        .map(event -> event.getRequest().getUrl())
        .toList();
  }

  @Override
  public void close() {
    server.stop();
  }
}
