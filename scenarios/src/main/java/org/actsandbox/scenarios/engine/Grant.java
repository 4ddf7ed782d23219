package org.actsandbox.scenarios.engine;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the principal gave an outside agent: an authority, or money set apart for it. */
final class Grant {

  private final String name;
  private final String agent;
  private final ObjectNode known = Json.object();
  private int messages;

  Grant(String name, String agent) {
    this.name = name;
    this.agent = agent;
  }

  String name() {
    return name;
  }

  String agent() {
    return agent;
  }

  /** What expectations and captures see as {@code ${name/...}}. */
  ObjectNode known() {
    return known;
  }

  String nextId() {
    return "%s-%d".formatted(name.replace('_', '-'), ++messages);
  }

  String intentId() {
    return "I-" + name.replace('_', '-');
  }

  void learn(String field, JsonNode value) {
    if (!value.isMissingNode()) {
      known.set(field, value);
    }
  }

  String need(String field, Verb before) {
    var value = known.path(field);
    if (value.isMissingNode()) {
      throw new CannotPlay(
          "%s has no %s yet: %s comes first".formatted(name, field, before.code()));
    }
    return value.asString();
  }
}
