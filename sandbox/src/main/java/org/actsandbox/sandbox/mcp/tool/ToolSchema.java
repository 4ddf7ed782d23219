package org.actsandbox.sandbox.mcp.tool;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds the JSON schemas (2020-12) of arguments and results. Arguments are checked against the
 * same schema, so it says what is accepted.
 */
final class ToolSchema {

  /** A text of no more than this; longer ones are refused before a tool sees them. */
  static final int MAX_TEXT = 2000;

  private final ObjectNode schema = Json.object();

  private ToolSchema(boolean open) {
    schema.put("type", "object");
    schema.putObject("properties");
    schema.putArray("required");
    if (!open) {
      schema.put("additionalProperties", false);
    }
  }

  /** Begins the schema of arguments: a field that it does not name is refused. */
  static ToolSchema arguments() {
    return new ToolSchema(false);
  }

  /** Begins the schema of a result, which may have more fields than the schema names. */
  static ToolSchema result() {
    return new ToolSchema(true);
  }

  ToolSchema text(String name, String description) {
    return with(name, "string", description);
  }

  /** Adds a text of this form. */
  ToolSchema text(String name, String description, String pattern) {
    with(name, "string", description);
    property(name).put("pattern", pattern);
    return this;
  }

  /** Adds a text that is one of the values. */
  ToolSchema oneOf(String name, String description, String... values) {
    with(name, "string", description);
    var choices = property(name).putArray("enum");
    Arrays.stream(values).forEach(choices::add);
    return this;
  }

  ToolSchema date(String name, String description) {
    return text(name, description + " (2026-11-30)", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
  }

  ToolSchema time(String name, String description) {
    return text(name, description + " (09:00, local time)", "^[0-9]{2}:[0-9]{2}$");
  }

  ToolSchema money(String name, String description) {
    return text(name, description + " (decimal yuan, 600.00)", "^[0-9]{1,9}([.][0-9]{1,2})?$");
  }

  ToolSchema integer(String name, String description, int least, int most) {
    with(name, "integer", description);
    property(name).put("minimum", least).put("maximum", most);
    return this;
  }

  ToolSchema bool(String name, String description) {
    return with(name, "boolean", description);
  }

  ToolSchema texts(String name, String description) {
    with(name, "array", description);
    property(name).putObject("items").put("type", "string");
    property(name).put("maxItems", 20);
    return this;
  }

  ToolSchema list(String name, String description, ToolSchema items) {
    with(name, "array", description);
    property(name).set("items", items.schema);
    return this;
  }

  ToolSchema object(String name, String description) {
    return with(name, "object", description);
  }

  ToolSchema object(String name, String description, ToolSchema content) {
    property(name).setAll(content.schema);
    property(name).put("description", description);
    return this;
  }

  /** Adds all fields of another schema; what that requires is required here. */
  ToolSchema and(ToolSchema other) {
    properties().setAll((ObjectNode) other.schema.path("properties"));
    other.schema.path("required").forEach(each -> schema.withArray("required").add(each));
    return this;
  }

  ToolSchema require(String... names) {
    List.of(names).forEach(name -> schema.withArray("required").add(name));
    return this;
  }

  ObjectNode tree() {
    return schema;
  }

  /** Returns the schema as the protocol's library takes it. */
  @SuppressWarnings("unchecked") // a JSON object is read as a map of texts
  Map<String, Object> map() {
    return (Map<String, Object>) Json.read(schema, LinkedHashMap.class);
  }

  private ToolSchema with(String name, String type, String description) {
    property(name).put("type", type).put("description", description);
    return this;
  }

  private ObjectNode property(String name) {
    return properties().withObjectProperty(name);
  }

  private ObjectNode properties() {
    return (ObjectNode) schema.path("properties");
  }
}
