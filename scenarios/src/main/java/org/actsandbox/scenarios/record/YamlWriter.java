package org.actsandbox.scenarios.record;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes JSON as YAML that a person reads easily: block style outside, flow style inside, and
 * quotes only where they are needed.
 */
final class YamlWriter {

  /** Matches texts that need no quotes: they start with a letter and contain no YAML syntax. */
  private static final Pattern PLAIN =
      Pattern.compile("[\\p{L}/][\\p{L}\\p{N}_./@'’，。？！ -]*[\\p{L}\\p{N}_./’，。？！-]|[\\p{L}/]");

  private static final Pattern RESERVED = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

  private YamlWriter() {}

  /**
   * Returns the YAML text, in which the keys of the file, its steps, its world and its expectations
   * have lines of their own.
   */
  static String of(ObjectNode file) {
    var text = new StringBuilder();
    for (var field : file.properties()) {
      var value = field.getValue();
      if (value.isArray() && !value.isEmpty()) {
        text.append(field.getKey()).append(":\n");
        value.forEach(item -> text.append(item(item)));
      } else if (value.isObject() && !value.isEmpty()) {
        text.append(field.getKey()).append(":\n").append(block(value, "  "));
      } else {
        text.append(field.getKey()).append(": ").append(flow(value)).append('\n');
      }
    }
    return text.toString();
  }

  private static String item(JsonNode item) {
    return "  - " + block(item, "    ").substring("    ".length());
  }

  private static String block(JsonNode object, String indent) {
    var text = new StringBuilder();
    for (var field : object.properties()) {
      var value = field.getValue();
      text.append(indent).append(scalar(field.getKey())).append(':');
      if (value.isArray() && value.size() > 1 && value.get(0).isObject()) {
        text.append('\n');
        value.forEach(each -> text.append(indent).append("  - ").append(flow(each)).append('\n'));
      } else {
        text.append(' ').append(flow(value)).append('\n');
      }
    }
    return text.toString();
  }

  private static String flow(JsonNode value) {
    if (value.isObject()) {
      return value.properties().stream()
          .map(field -> scalar(field.getKey()) + ": " + flow(field.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value.isArray()) {
      return value.valueStream().map(YamlWriter::flow).collect(Collectors.joining(", ", "[", "]"));
    }
    return value.isString() ? scalar(value.stringValue()) : value.toString();
  }

  /**
   * Returns the text without quotes if possible, otherwise as a JSON string, which is valid YAML.
   */
  private static String scalar(String text) {
    return PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches()
        ? text
        : Json.write(text);
  }
}
