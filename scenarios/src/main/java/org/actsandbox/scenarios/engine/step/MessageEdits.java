package org.actsandbox.scenarios.engine.step;

import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes a message at JSON pointers, so that a file can describe hostile messages. */
final class MessageEdits {

  private MessageEdits() {}

  /**
   * Applies every edit to {@code message} itself; null removes a value, {@code {flip: true}}
   * changes one character of a text.
   */
  static void apply(JsonNode edits, ObjectNode message) {
    edits
        .properties()
        .forEach(edit -> set(message, JsonPointer.compile(edit.getKey()), edit.getValue()));
  }

  private static void set(ObjectNode message, JsonPointer pointer, JsonNode value) {
    var parent = message.at(pointer.head());
    var last = pointer.last().getMatchingProperty();
    var wanted = isFlip(value) ? flipped(message.at(pointer), pointer) : value;
    switch (parent) {
      case ObjectNode object when wanted.isNull() -> object.remove(last);
      case ObjectNode object -> object.set(last, wanted);
      case ArrayNode array when wanted.isNull() -> array.remove(Integer.parseInt(last));
      case ArrayNode array when last.equals("-") -> array.add(wanted);
      case ArrayNode array -> array.set(Integer.parseInt(last), wanted);
      default ->
          throw new UnplayableStep(
              "the message has no place for %s: %s"
                  .formatted(pointer, ExpectationMatcher.describe(message)));
    }
  }

  private static boolean isFlip(JsonNode value) {
    return value.isObject() && value.size() == 1 && value.path("flip").asBoolean(false);
  }

  /** Replaces the character in the middle by another letter. */
  private static JsonNode flipped(JsonNode value, JsonPointer pointer) {
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw new UnplayableStep("there is no text to flip at " + pointer);
    }
    var text = value.stringValue();
    int middle = text.length() / 2;
    char other = text.charAt(middle) == 'A' ? 'B' : 'A';
    return org.actsandbox.protocol.json.Json.tree(
        text.substring(0, middle) + other + text.substring(middle + 1));
  }
}
