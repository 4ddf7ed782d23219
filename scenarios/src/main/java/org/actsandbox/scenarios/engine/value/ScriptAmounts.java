package org.actsandbox.scenarios.engine.value;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Reads amounts of a script: YAML makes {@code 60} a number, but amounts are texts on the wire. */
public final class ScriptAmounts {

  private ScriptAmounts() {}

  /** Returns a number as its text, and any other value as it is. */
  public static JsonNode text(JsonNode amount) {
    return amount.isNumber() ? StringNode.valueOf(amount.asString()) : amount;
  }
}
