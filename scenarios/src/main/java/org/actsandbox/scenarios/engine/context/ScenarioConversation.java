package org.actsandbox.scenarios.engine.context;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.actsandbox.client.EventStream;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Holds a principal's conversation with the demo agent and follows it by its events. */
public final class ScenarioConversation implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScenarioConversation.class);

  /**
   * Limits in real time how long a turn may take; it asks several platforms and waits seconds for
   * each.
   */
  private static final Duration TURN_TIMEOUT = Duration.ofSeconds(60);

  private final TargetWorld targetWorld;
  private final SandboxClient client;
  private final String id;
  private final EventStream events;
  private final BlockingQueue<Optional<JsonNode>> received = new LinkedBlockingQueue<>();
  private AgentTranscript transcript = new AgentTranscript();

  private ScenarioConversation(TargetWorld targetWorld, SandboxClient client, String id) {
    this.targetWorld = targetWorld;
    this.client = client;
    this.id = id;
    this.events = new EventStream(address("/" + id + "/events"), targetWorld.keys().principal());
    Thread.ofVirtual().name("scenario-conversation-" + id).start(this::listen);
  }

  static ScenarioConversation open(TargetWorld targetWorld, SandboxClient client) {
    var opened =
        client.post(
            targetWorld.at("/agents/demo-agent/conversations"),
            targetWorld.keys().principal(),
            Map.of());
    return new ScenarioConversation(targetWorld, client, opened.path("conversation_id").asString());
  }

  public AgentTranscript transcript() {
    return transcript;
  }

  public void say(String text, @Nullable String lang) {
    transcript = new AgentTranscript();
    Map<String, String> words = new HashMap<>(Map.of("text", text));
    if (lang != null) {
      words.put("language", lang);
    }
    client.post(address("/" + id + "/messages"), targetWorld.keys().principal(), words);
    follow();
  }

  public void choose(List<String> offerIds, @Nullable String seat) {
    var choice = Json.object();
    choice.set("offer_ids", Json.tree(offerIds));
    if (seat != null) {
      choice.put("seat", seat);
    }
    client.post(address("/" + id + "/choice"), targetWorld.keys().principal(), choice);
    follow();
  }

  public void cancel() {
    client.post(address("/" + id + "/cancel"), targetWorld.keys().principal(), Map.of());
    follow();
  }

  /** Reads events until the turn is over or a payment waits for the principal at the cashier. */
  public void follow() {
    transcript.continueTurn();
    long deadline = System.nanoTime() + TURN_TIMEOUT.toNanos();
    while (!transcript.isWaitingForPrincipal()) {
      transcript.add(next(deadline));
    }
  }

  private JsonNode next(long deadline) {
    try {
      var event = received.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new UnplayableStep(
            "the demo agent said nothing more for %d s; so far: %s"
                .formatted(TURN_TIMEOUT.toSeconds(), transcript.summary()));
      }
      return event.orElseThrow(
          () ->
              new UnplayableStep(
                  "the demo agent's event stream ended; so far: " + transcript.summary()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UnplayableStep("stopped while waiting for the demo agent", interrupted);
    }
  }

  private void listen() {
    try {
      for (var event = events.next(); event.isPresent(); event = events.next()) {
        received.add(event);
      }
    } catch (UncheckedIOException | IllegalStateException cut) {
      LOG.debug("the event stream of conversation {} was cut", id, cut);
    } finally {
      // After a close, a cut or the end: a waiting thread must not wait for the whole timeout.
      received.add(Optional.empty());
    }
  }

  private URI address(String path) {
    return targetWorld.at("/agents/demo-agent/conversations" + path);
  }

  @Override
  public void close() {
    events.close();
  }
}
