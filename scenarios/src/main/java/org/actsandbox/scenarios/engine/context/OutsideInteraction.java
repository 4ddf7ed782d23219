package org.actsandbox.scenarios.engine.context;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an outside agent has going on under a name, as far as it is known. */
abstract sealed class OutsideInteraction permits OutsidePurchase, OutsideAuthority {

  private final String name;
  private final String agent;
  private final ObjectNode known = Json.object();
  private int messages;

  OutsideInteraction(String name, String agent) {
    this.name = name;
    this.agent = agent;
  }

  public String name() {
    return name;
  }

  /** The outside agent whose it is. */
  public String agent() {
    return agent;
  }

  /** What expectations and captures see as {@code ${name/...}}. */
  public ObjectNode known() {
    return known;
  }

  /** A new id for the next message. */
  public String nextId() {
    return "%s-%d".formatted(name.replace('_', '-'), ++messages);
  }

  public String intentId() {
    return "I-" + name.replace('_', '-');
  }

  public void learn(String field, JsonNode value) {
    if (!value.isMissingNode()) {
      known.set(field, value);
    }
  }

  /**
   * @param before what a file has to do first
   */
  public JsonNode need(String field, Verb before) {
    var value = known.path(field);
    if (value.isMissingNode()) {
      throw new UnplayableStep(
          "%s has no %s yet: %s comes first".formatted(title(), field, before.code()));
    }
    return value;
  }

  /** How a message calls it. */
  abstract String title();
}
