package org.actsandbox.scenarios.script;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The published schema of scenario files, and its verdict in words a user can act on. */
public final class ScriptSchema {

  private static final String TEXT = load();
  private static final ObjectNode TREE = quietTree();
  private static final Schema WHOLE = schema("#");
  private static final Schema SETUP = schema("#/$defs/setup");

  private ScriptSchema() {}

  /** JSON Schema 2020-12, as editors use it. */
  public static String text() {
    return TEXT;
  }

  static void check(YamlDocument yamlDocument, boolean setup) {
    var errors = (setup ? SETUP : WHOLE).validate(yamlDocument.tree());
    // One problem per place: several keywords often complain about the same value.
    Map<String, ScriptProblem> problems = new LinkedHashMap<>();
    errors.forEach(
        error ->
            problems.putIfAbsent(pointer(error) + property(error), problem(yamlDocument, error)));
    if (!problems.isEmpty()) {
      throw new InvalidScript(
          problems.values().stream()
              .sorted(Comparator.comparingInt(problem -> problem.place().line()))
              .toList());
    }
  }

  private static ScriptProblem problem(YamlDocument yamlDocument, Error error) {
    var pointer = pointer(error);
    return switch (error.getKeyword()) {
      case "additionalProperties" -> unknownKey(yamlDocument, error, pointer);
      case "required" ->
          new ScriptProblem(
              yamlDocument.place(pointer),
              pointer,
              "the key " + error.getProperty(),
              "no such key",
              "");
      case "enum" ->
          new ScriptProblem(
              yamlDocument.place(pointer),
              pointer,
              "one of " + texts(error.getSchemaNode()),
              observed(error),
              suggestion(observed(error), texts(error.getSchemaNode())));
      case "type" ->
          new ScriptProblem(
              yamlDocument.place(pointer),
              pointer,
              error.getSchemaNode().isArray()
                  ? String.join(" or ", texts(error.getSchemaNode()))
                  : error.getSchemaNode().asString(),
              observed(error),
              described(error));
      default ->
          new ScriptProblem(
              yamlDocument.place(pointer),
              pointer,
              error.getKeyword() + " " + error.getSchemaNode(),
              observed(error),
              described(error));
    };
  }

  private static ScriptProblem unknownKey(YamlDocument yamlDocument, Error error, String pointer) {
    var at = pointer + property(error);
    var known = siblings(error, "properties").propertyNames();
    return new ScriptProblem(
        yamlDocument.place(at),
        at,
        known.isEmpty() ? "nothing here" : "one of " + String.join(", ", known),
        "unknown key " + error.getProperty(),
        NearestWord.find(error.getProperty(), known)
            .map(near -> "Did you mean " + near + "?")
            .orElse(""));
  }

  private static String suggestion(String observed, List<String> known) {
    return NearestWord.find(observed, known).map(near -> "Did you mean " + near + "?").orElse("");
  }

  private static String described(Error error) {
    return siblings(error, "description").asString("");
  }

  /** A keyword of the schema object that complained. */
  private static JsonNode siblings(Error error, String keyword) {
    var location = error.getSchemaLocation().toString();
    var fragment = location.substring(location.indexOf('#') + 1);
    int last = fragment.lastIndexOf('/');
    return last < 0 ? TREE.path(keyword) : TREE.at(fragment.substring(0, last)).path(keyword);
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).collect(Collectors.toList());
  }

  private static String pointer(Error error) {
    var pointer = error.getInstanceLocation().toString();
    return pointer.equals("/") ? "" : pointer;
  }

  private static String property(Error error) {
    return error.getKeyword().equals("additionalProperties")
        ? "/" + YamlReader.escaped(error.getProperty())
        : "";
  }

  private static String observed(Error error) {
    var node = error.getInstanceNode();
    var text = node.isString() ? node.stringValue() : node.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  /**
   * Without oneOf, whose complaints about every other verb help nobody: the reader counts verbs.
   */
  private static ObjectNode quietTree() {
    var tree = (ObjectNode) Json.parse(TEXT);
    ((ObjectNode) tree.at("/$defs/step")).remove("oneOf");
    return tree;
  }

  private static Schema schema(String ref) {
    var tree = TREE.deepCopy();
    if (!ref.equals("#")) {
      List.of("required", "additionalProperties", "properties", "type").forEach(tree::remove);
      tree.put("$ref", ref);
    }
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(tree);
  }

  private static String load() {
    try (var resource = ScriptSchema.class.getResourceAsStream("scenario.schema.json")) {
      return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
