package org.actsandbox.merchants.service;

import java.util.List;
import java.util.Set;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import tools.jackson.databind.JsonNode;

/** Reads the input fields of a service and checks their bounds. */
final class ServiceInputFields {

  private ServiceInputFields() {}

  /**
   * Runs the checks of an input, and refuses it once with all mistakes.
   *
   * @param known the fields that the service reads
   */
  static void check(JsonNode input, Set<String> known, Runnable... checks) {
    var mistakes = new MistakeCollector();
    mistakes.check(() -> checkNames(input, known, "input"));
    for (var check : checks) {
      mistakes.check(check);
    }
    mistakes.refuseAny();
  }

  /**
   * Refuses fields that the service does not read.
   *
   * @param at the path of the object
   */
  static void checkNames(JsonNode object, Set<String> known, String at) {
    var unknown = FieldChecks.unknownFields(object.propertyNames(), known, at);
    if (!unknown.isEmpty()) {
      throw Refusal.of(Problem.INVALID_FIELD, unknown);
    }
  }

  static String text(JsonNode input, String field, int max) {
    var value = input.path(field);
    if (!value.isString() || value.stringValue().isBlank() || value.stringValue().length() > max) {
      throw refusal(field, "1 to %d characters".formatted(max), value);
    }
    return value.stringValue();
  }

  /** Reads an optional text; empty if it is absent. */
  static String textOrNone(JsonNode input, String field, int max) {
    return input.has(field) ? text(input, field, max) : "";
  }

  static int number(JsonNode input, String field, int low, int high) {
    var value = input.path(field);
    if (!value.isInt() || value.intValue() < low || value.intValue() > high) {
      throw refusal(field, "a whole number from %d to %d".formatted(low, high), value);
    }
    return value.intValue();
  }

  static String oneOf(JsonNode input, String field, List<String> allowed) {
    var value = input.path(field);
    if (!value.isString() || !allowed.contains(value.stringValue())) {
      throw refusal(field, String.join(", ", allowed), value);
    }
    return value.stringValue();
  }

  static List<JsonNode> list(JsonNode input, String field, int max) {
    var value = input.path(field);
    if (!value.isArray() || value.isEmpty() || value.size() > max) {
      throw refusal(field, "1 to %d elements".formatted(max), value);
    }
    return value.valueStream().toList();
  }

  static Refusal refusal(String field, String expected, JsonNode observed) {
    if (observed.isMissingNode()) {
      return FieldChecks.missing(Problem.INVALID_FIELD, "input." + field, expected);
    }
    var shown = observed.toString();
    return new Refusal(Problem.INVALID_FIELD, field + " is not what the service works on")
        .at("input." + field)
        .expected(expected)
        .observed(shown.length() <= 80 ? shown : shown.substring(0, 79) + "…")
        .remedy("Nothing was billed. The catalog entry shows the form of the input.");
  }
}
