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
import org.actsandbox.agent.model.ModelFactory;
import org.actsandbox.agent.model.ModelSettings;

/** Plays a hosted model back over HTTP, one prepared streamed answer after another. */
final class PlaybackModel implements AutoCloseable {

  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private final ProviderWireFormat providerWireFormat;
  private int answers;

  PlaybackModel(ProviderWireFormat providerWireFormat) {
    this.providerWireFormat = providerWireFormat;
    server.start();
  }

  StreamingChatModel client() {
    return ModelFactory.of(
        new ModelSettings(
            providerWireFormat.provider(),
            server.baseUrl() + providerWireFormat.path(),
            "secret-key",
            "any",
            Duration.ofSeconds(20),
            null),
        () -> {
          throw new IllegalStateException("not the built-in one");
        });
  }

  PlaybackModel says(String text) {
    return next(providerWireFormat.says(text));
  }

  PlaybackModel calls(String tool, String arguments) {
    return next(providerWireFormat.calls("call_" + answers, tool, arguments));
  }

  PlaybackModel breaks() {
    return next("", 500);
  }

  /** Refuses, with an error that repeats the key, as some providers do. */
  PlaybackModel refuses(int status) {
    return next("{\"error\":{\"message\":\"refused, your key is secret-key\"}}", status);
  }

  /** Answers with the page of another server. */
  PlaybackModel showsPage() {
    return next("<html><body>Welcome</body></html>", 200);
  }

  /** Ends in the middle of an answer, after its first half. */
  PlaybackModel breaksOff(String text) {
    var whole = providerWireFormat.says(text);
    return next(whole.substring(0, whole.indexOf(text.substring(text.length() / 2))), 200);
  }

  private PlaybackModel next(String body) {
    return next(body, 200);
  }

  private PlaybackModel next(String body, int status) {
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
                    .withHeader("Content-Type", providerWireFormat.contentType())
                    // Pieces end anywhere, as they do on a real line.
                    .withChunkedDribbleDelay(7, 20)
                    .withBody(body)));
    return this;
  }

  String requestBodies() {
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
