package org.actsandbox.scenarios.engine.context;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds what is known so far of something that an outside agent does under a name of the file. */
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

  /** Returns the name of the outside agent that does it. */
  public String agent() {
    return agent;
  }

  /** Returns the known facts, which expectations and captures see as {@code ${name/...}}. */
  public ObjectNode known() {
    return known;
  }

  /** Returns a new id for the next message. */
  public String nextId() {
    return "%s-%d".formatted(name.replace('_', '-'), ++messages);
  }

  public String intentId() {
    return "I-" + name.replace('_', '-');
  }

  /** Adds a fact, or replaces it; a missing node changes nothing. */
  public void learn(String field, JsonNode value) {
    if (!value.isMissingNode()) {
      known.set(field, value);
    }
  }

  /**
   * Returns a fact that a step needs.
   *
   * @param before the verb that must be played first so that the fact is known
   * @throws UnplayableStep if the fact is not known yet
   */
  public JsonNode need(String field, Verb before) {
    var value = known.path(field);
    if (value.isMissingNode()) {
      throw new UnplayableStep(
          "%s has no %s yet: %s comes first".formatted(title(), field, before.code()));
    }
    return value;
  }

  /** Returns the name for error messages. */
  abstract String title();
}
