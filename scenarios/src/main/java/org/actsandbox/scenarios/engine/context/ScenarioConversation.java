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
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.EventStream;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.TargetWorld;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A conversation of the principal with the demo agent, followed by its events. */
public final class ScenarioConversation implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScenarioConversation.class);

  /** Real time; a turn asks several platforms, each with seconds of patience. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TargetWorld targetWorld;
  private final SandboxClient client;
  private final String id;
  private final EventStream events;
  private final BlockingQueue<Optional<JsonNode>> heard = new LinkedBlockingQueue<>();
  private AgentTranscript turn = new AgentTranscript();

  private ScenarioConversation(TargetWorld targetWorld, SandboxClient client, String id) {
    this.targetWorld = targetWorld;
    this.client = client;
    this.id = id;
    this.events = new EventStream(address("/" + id + "/events"), targetWorld.keys().principal());
    Thread.ofVirtual().name("scenario-talk-" + id).start(this::listen);
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
    return turn;
  }

  public void say(String text, @Nullable String lang) {
    turn = new AgentTranscript();
    Map<String, String> words = new HashMap<>(Map.of("text", text));
    if (lang != null) {
      words.put("lang", lang);
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

  /** Listens until the turn is over or the principal is waited for at a cashier. */
  public void follow() {
    turn.goOn();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!turn.isQuiet()) {
      turn.add(next(deadline));
    }
  }

  private JsonNode next(long deadline) {
    try {
      var event = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new UnplayableStep(
            "the demo agent said nothing more for %d s; so far: %s"
                .formatted(PATIENCE.toSeconds(), turn.summary()));
      }
      return event.orElseThrow(
          () ->
              new UnplayableStep("the demo agent's event stream ended; so far: " + turn.summary()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UnplayableStep("stopped while waiting for the demo agent", interrupted);
    }
  }

  private void listen() {
    try {
      for (var event = events.next(); event.isPresent(); event = events.next()) {
        heard.add(event);
      }
    } catch (UncheckedIOException | IllegalStateException cut) {
      LOG.debug("the conversation {} is heard no more", id, cut);
    } finally {
      // Closed, cut or ended: whoever waits must not wait for the whole patience.
      heard.add(Optional.empty());
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
