package org.actsandbox.sandbox.mcp.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.actsandbox.protocol.refusal.FieldMistake;
import org.actsandbox.protocol.refusal.FieldMistake.Reason;
import org.actsandbox.protocol.wire.NearestWord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares arguments with the schema of a tool and finds all mistakes at once. */
final class ArgumentCheck {

  private static final int MAX_MISTAKES = 20;

  private final List<FieldMistake> mistakes = new ArrayList<>();

  private ArgumentCheck() {}

  static List<FieldMistake> mistakes(JsonNode schema, JsonNode arguments) {
    var check = new ArgumentCheck();
    check.object(schema, arguments);
    return check.mistakes.subList(0, Math.min(MAX_MISTAKES, check.mistakes.size()));
  }

  private void object(JsonNode schema, JsonNode arguments) {
    var known = new TreeSet<>(schema.path("properties").propertyNames());
    for (var name : arguments.propertyNames()) {
      if (!known.contains(name)) {
        var nearest = NearestWord.find(name, known);
        add(
            name,
            Reason.UNKNOWN,
            "there is no argument " + name,
            "one of " + String.join(", ", known),
            nearest.map(word -> "Did you mean " + word + "?").orElse("Leave it out."));
      }
    }
    for (var name : schema.path("required")) {
      if (!arguments.hasNonNull(name.asString())) {
        var property = schema.path("properties").path(name.asString());
        add(
            name.asString(),
            Reason.MISSING,
            name.asString() + " is missing",
            expected(property),
            null);
      }
    }
    for (var each : schema.path("properties").properties()) {
      var value = arguments.get(each.getKey());
      if (value != null && !value.isNull()) {
        value(each.getKey(), each.getValue(), value);
      }
    }
  }

  private void value(String name, JsonNode schema, JsonNode value) {
    if (!hasType(schema, value)) {
      add(name, Reason.WRONG_FORM, name + " has another type", expected(schema), null);
    } else if (value.isString() && value.stringValue().length() > ToolSchema.MAX_TEXT) {
      add(
          name,
          Reason.TOO_LONG,
          name + " is too long",
          "at most " + ToolSchema.MAX_TEXT + " characters",
          null);
    } else if (!isAllowed(schema, value)) {
      add(
          name,
          Reason.WRONG_VALUE,
          name + " has a value that is not allowed",
          expected(schema),
          null);
    }
  }

  private static boolean hasType(JsonNode schema, JsonNode value) {
    return switch (schema.path("type").asString("")) {
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber() && value.canConvertToInt();
      case "boolean" -> value.isBoolean();
      case "array" ->
          value.isArray()
              && value.size() <= schema.path("maxItems").asInt(Integer.MAX_VALUE)
              && value.valueStream().allMatch(JsonNode::isString);
      default -> value.isObject();
    };
  }

  private static boolean isAllowed(JsonNode schema, JsonNode value) {
    if (value.isIntegralNumber()) {
      int number = value.intValue();
      return number >= schema.path("minimum").asInt(Integer.MIN_VALUE)
          && number <= schema.path("maximum").asInt(Integer.MAX_VALUE);
    }
    if (!value.isString()) {
      return true;
    }
    boolean chosen =
        !schema.has("enum") || schema.path("enum").valueStream().anyMatch(value::equals);
    boolean formed =
        !schema.has("pattern") || value.stringValue().matches(schema.path("pattern").asString());
    return chosen && formed;
  }

  private static String expected(JsonNode schema) {
    if (schema.has("enum")) {
      var values = schema.path("enum").valueStream().map(JsonNode::asString).toList();
      return "one of " + String.join(", ", values);
    }
    var type =
        switch (schema.path("type").asString("")) {
          case "string" -> "a text";
          case "integer" ->
              schema.has("minimum")
                  ? "a whole number from %s to %s"
                      .formatted(schema.path("minimum"), schema.path("maximum"))
                  : "a whole number";
          case "boolean" -> "true or false";
          case "array" -> "a list of texts";
          default -> "an object";
        };
    return type + ": " + schema.path("description").asString("");
  }

  private void add(
      String field, Reason reason, String message, String expected, @Nullable String remedy) {
    mistakes.add(new FieldMistake(field, reason, message, expected, null, remedy));
  }
}
