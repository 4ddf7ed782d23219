package org.actsandbox.sandbox.proxy.stub;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.recordSpec;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.JsonException;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * Answers the requests that a stub matches, and passes all others on to the target. It reads each
 * message whole before it passes it on, so streams do not work through it.
 */
public final class StubServer implements AutoCloseable {

  /** Number of threads, of which Jetty needs a few for itself. */
  private static final int THREADS = 14;

  private static final int MAX_RECORDED = 200;
  private static final int LAST = 100;
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final long STOP_MILLIS = 1_000;

  private final WireMockServer server;
  private final boolean remembers;

  /**
   * Starts the server.
   *
   * @param stubs stubs that {@link StubMappings} has checked
   * @param remembers whether exchanges are recorded for a replay
   * @throws Refusal {@code invalid_field} for a stub that matches nothing
   */
  public StubServer(URI target, List<JsonNode> stubs, boolean remembers) {
    this.remembers = remembers;
    server = new WireMockServer(configuration());
    server.start();
    try {
      server.stubFor(
          any(anyUrl())
              .atPriority(LAST)
              .willReturn(aResponse().proxiedFrom(target.toString().replaceAll("/+$", ""))));
      stubs.forEach(this::add);
    } catch (RuntimeException failed) {
      server.stop();
      throw failed;
    }
  }

  private static WireMockConfiguration configuration() {
    var randomPassword = new byte[32];
    new SecureRandom().nextBytes(randomPassword);
    return options()
        .bindAddress("127.0.0.1")
        .dynamicPort()
        // WireMock's admin API is on the same port; the random password locks it.
        .basicAdminAuthenticator("nobody", HexFormat.of().formatHex(randomPassword))
        .containerThreads(THREADS)
        .jettyAcceptors(1)
        .jettyStopTimeout(STOP_MILLIS)
        .http2PlainDisabled(true)
        .gzipDisabled(true)
        .maxRequestJournalEntries(MAX_RECORDED)
        .proxyTimeout(TIMEOUT_MILLIS);
  }

  private void add(JsonNode stub) {
    try {
      server.addStubMapping(StubMapping.buildFrom(Json.write(stub)));
    } catch (JsonException | IllegalArgumentException invalid) {
      throw new Refusal(Problem.INVALID_FIELD, "not a stub that matches and answers")
          .at("stubs")
          .expected("WireMock's form of request and response")
          .observed(String.valueOf(invalid.getMessage()));
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  public boolean remembers() {
    return remembers;
  }

  /** Returns the number of stubs, without the one that passes other requests on. */
  public int count() {
    return server.getStubMappings().size() - 1;
  }

  /** Answers from now on with the recorded exchanges, and returns their stubs. */
  public List<JsonNode> replay() {
    var spec =
        recordSpec()
            .makeStubsPersistent(false)
            .allowNonProxied(false)
            .matchRequestBodyWithEqualTo(true);
    return server.snapshotRecord(spec).getStubMappings().stream()
        .map(stub -> Json.parse(StubMapping.buildJsonStringFor(stub)))
        .toList();
  }

  @Override
  public void close() {
    server.stop();
  }
}
