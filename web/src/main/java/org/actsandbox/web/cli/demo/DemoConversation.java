package org.actsandbox.web.cli.demo;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Holds a conversation with the demo agent in a world of its own with a stopped clock. The demo
 * does not wait for a condition in real time; it steps the clock from one due item to the next.
 */
final class DemoConversation {

  private static final String AGENT = "/agents/demo-agent/conversations";

  private final TargetWorld targetWorld;
  private final SandboxClient client;
  private final DemoConversation.Listener listener;
  private String conversation = "";
  private long seen;

  DemoConversation(
      TargetWorld targetWorld, SandboxClient client, DemoConversation.Listener listener) {
    this.targetWorld = targetWorld;
    this.client = client;
    this.listener = listener;
  }

  /** Receives every event of the conversation once, in order. */
  @FunctionalInterface
  interface Listener {
    void onEvent(ConversationEventType type, String at, JsonNode data);
  }

  /** Makes the world of a demo. */
  static TargetWorld world(DemoContext context, Instant start, Map<String, String> principal) {
    var who = new HashMap<>(principal);
    who.put("language", context.language());
    return context
        .client()
        .newWorld(
            context.target().origin(),
            null,
            Map.of("clock", Map.of("mode", "stopped", "now", start.toString()), "principal", who));
  }

  void open(String lang) {
    conversation =
        client
            .post(targetWorld.at(AGENT), principal(), Json.object().put("language", lang))
            .path("conversation_id")
            .asString();
  }

  void say(String words) {
    client.post(
        targetWorld.at(AGENT + "/" + conversation + "/messages"),
        principal(),
        Map.of("text", words));
    runDueNow();
  }

  /** Runs the work that is due now and passes on the new events. */
  void runDueNow() {
    advance(Map.of("by", "PT0S"));
  }

  /** Moves the clock to the next due item, runs it and passes on the new events. */
  void runNextDue() {
    advance(Map.of("to_next_due", true));
  }

  void advance(String duration) {
    advance(Map.of("by", duration));
  }

  private void advance(Map<String, Object> order) {
    client.post(targetWorld.api("/clock/advance"), targetWorld.keys().operator(), order);
    var shown = client.get(targetWorld.at(AGENT + "/" + conversation), principal());
    for (var event : shown.path("events")) {
      if (event.path("seq").asLong() > seen) {
        seen = event.path("seq").asLong();
        ConversationEventType.find(event.path("type").asString())
            .ifPresent(
                type -> listener.onEvent(type, event.path("at").asString(), event.path("data")));
      }
    }
  }

  private String principal() {
    return targetWorld.keys().principal();
  }
}
