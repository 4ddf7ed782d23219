package org.actsandbox.scenarios.engine;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.script.Verb;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A purchase that an outside agent makes message by message, as far as it has come. */
final class Deal {

  private final String name;
  private final String agent;
  private final ObjectNode known = Json.object();
  private final Map<Verb, JsonNode> sent = new HashMap<>();
  private int messages;

  Deal(String name, String agent) {
    this.name = name;
    this.agent = agent;
  }

  String name() {
    return name;
  }

  /** The outside agent that makes it. */
  String agent() {
    return agent;
  }

  /** What expectations and captures see as {@code ${name/...}}. */
  ObjectNode known() {
    return known;
  }

  /** A new id for the next message. */
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

  void learn(String field, String value) {
    known.put(field, value);
  }

  JsonNode need(String field, Verb before) {
    var value = known.path(field);
    if (value.isMissingNode()) {
      throw new CannotPlay(
          "the purchase %s has no %s yet: %s comes first".formatted(name, field, before.code()));
    }
    return value;
  }

  String merchant() {
    return need("merchant", Verb.INTENT).asString();
  }

  URI resource() {
    return URI.create(need("resource_url", Verb.CART).asString());
  }

  void sent(Verb verb, JsonNode message) {
    sent.put(verb, message.deepCopy());
  }

  @Nullable JsonNode lastSent(Verb verb) {
    return sent.get(verb);
  }
}
