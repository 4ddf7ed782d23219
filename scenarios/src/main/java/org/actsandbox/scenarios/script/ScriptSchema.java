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
import org.actsandbox.protocol.wire.NearestWord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks files against the published schema of scenarios and words the errors so that an author can
 * act on them.
 */
public final class ScriptSchema {

  private static final String TEXT = load();
  private static final ObjectNode TREE = treeWithoutOneOf();
  private static final Schema WHOLE = schema("#");
  private static final Schema SETUP = schema("#/$defs/setup");
  private static final Schema MISSION = schema("#/$defs/mission");

  private ScriptSchema() {}

  /** Returns the schema (JSON Schema 2020-12), which editors can use as well. */
  public static String text() {
    return TEXT;
  }

  /** Returns the schema of mission files, which shares all definitions with that of scenarios. */
  public static String missionText() {
    var tree = (ObjectNode) Json.parse(TEXT);
    List.of("required", "additionalProperties", "properties", "type").forEach(tree::remove);
    tree.put("$id", "urn:act-sandbox:schema:mission").put("title", "ACT Sandbox mission");
    tree.put("description", "What an agent under test is asked to do. See docs/grade.md.");
    return Json.write(tree.put("$ref", "#/$defs/mission"));
  }

  static void check(YamlDocument yamlDocument, boolean setup) {
    check(yamlDocument, setup ? SETUP : WHOLE);
  }

  static void checkMission(YamlDocument yamlDocument) {
    check(yamlDocument, MISSION);
  }

  private static void check(YamlDocument yamlDocument, Schema schema) {
    var errors = schema.validate(yamlDocument.tree());
    // One problem per place: several keywords often report the same value.
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
              schemaDescription(error));
      default ->
          new ScriptProblem(
              yamlDocument.place(pointer),
              pointer,
              error.getKeyword() + " " + error.getSchemaNode(),
              observed(error),
              schemaDescription(error));
    };
  }

  private static ScriptProblem unknownKey(YamlDocument yamlDocument, Error error, String pointer) {
    var at = pointer + property(error);
    var known = sibling(error, "properties").propertyNames();
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

  private static String schemaDescription(Error error) {
    return sibling(error, "description").asString("");
  }

  /** Returns another keyword of the schema object that reported the error. */
  private static JsonNode sibling(Error error, String keyword) {
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
   * Returns the schema without {@code oneOf}, which would report every other verb as an error; the
   * {@link StepReader} counts the verbs instead.
   */
  private static ObjectNode treeWithoutOneOf() {
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
