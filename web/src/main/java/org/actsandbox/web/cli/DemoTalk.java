package org.actsandbox.web.cli;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.Target;
import tools.jackson.databind.JsonNode;

/**
 * A conversation in a world of its own whose clock stands still: nobody waits for a condition to
 * come true, time is stepped from one thing that is due to the next.
 */
final class DemoTalk {

  private static final String AGENT = "/agents/demo-agent/conversations";

  private final Target target;
  private final SandboxClient client;
  private final Ear ear;
  private String conversation = "";
  private long seen;

  DemoTalk(Target target, SandboxClient client, Ear ear) {
    this.target = target;
    this.client = client;
    this.ear = ear;
  }

  /** Hears everything once, in order. */
  @FunctionalInterface
  interface Ear {
    void heard(String type, String at, JsonNode data);
  }

  static Target world(DemoStage stage, Instant start, Map<String, String> principal) {
    var who = new HashMap<>(principal);
    who.put("lang", stage.language());
    return stage
        .client()
        .newWorld(
            stage.target().origin(),
            null,
            Map.of("clock", Map.of("mode", "stopped", "now", start.toString()), "principal", who));
  }

  void open(String lang) {
    conversation =
        client
            .post(target.at(AGENT), principal(), Json.object().put("lang", lang))
            .path("conversation_id")
            .asString();
  }

  void say(String words) {
    client.post(
        target.at(AGENT + "/" + conversation + "/messages"), principal(), Map.of("text", words));
    settle();
  }

  /** What is due now is done and heard. */
  void settle() {
    advance(Map.of("by", "PT0S"));
  }

  /** Likewise what is due next, however long that is. */
  void next() {
    advance(Map.of("to_next_due", true));
  }

  void passes(String duration) {
    advance(Map.of("by", duration));
  }

  private void advance(Map<String, Object> order) {
    client.post(target.api("/clock/advance"), target.keys().operator(), order);
    var shown = client.get(target.at(AGENT + "/" + conversation), principal());
    for (var event : shown.path("events")) {
      if (event.path("seq").asLong() > seen) {
        seen = event.path("seq").asLong();
        ear.heard(event.path("type").asString(), event.path("at").asString(), event.path("data"));
      }
    }
  }

  private String principal() {
    return target.keys().principal();
  }
}
