package org.actsandbox.scenarios.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Converts the steps of a file that the schema has accepted. */
final class StepReader {

  private StepReader() {}

  /**
   * Appends the steps of the document to {@code scenarioSteps}.
   *
   * @param principals the names of all principals of the world, which the steps may use
   */
  static void read(
      YamlDocument yamlDocument, Set<String> principals, List<ScenarioStep> scenarioSteps) {
    read(yamlDocument, "/steps", principals, scenarioSteps);
  }

  /** Appends the steps of the list at {@code list}, a JSON pointer. */
  static void read(
      YamlDocument yamlDocument,
      String list,
      Set<String> principals,
      List<ScenarioStep> scenarioSteps) {
    int index = 0;
    for (var json : yamlDocument.tree().at(list)) {
      var pointer = list + "/" + index++;
      PrincipalNameCheck.requireKnown(
          yamlDocument,
          json.path(PrincipalNameCheck.KEY),
          pointer + "/" + PrincipalNameCheck.KEY,
          principals);
      PrincipalNameCheck.require(yamlDocument, json.path("check"), pointer + "/check", principals);
      scenarioSteps.add(step(yamlDocument, json, pointer, scenarioSteps.size() + 1));
    }
  }

  private static ScenarioStep step(
      YamlDocument yamlDocument, JsonNode json, String pointer, int number) {
    var verbs = json.propertyNames().stream().flatMap(key -> Verb.of(key).stream()).toList();
    if (verbs.size() != 1) {
      throw ScriptReader.refused(
          yamlDocument,
          pointer,
          "exactly one of " + String.join(", ", Verb.codes()),
          verbs.isEmpty() ? "none" : String.join(" and ", verbs.stream().map(Verb::code).toList()));
    }
    var verb = verbs.getFirst();
    var arguments = json.path(verb.code());
    Map<String, String> capture = new LinkedHashMap<>();
    json.path("capture")
        .properties()
        .forEach(field -> capture.put(field.getKey(), field.getValue().asString()));
    return new ScenarioStep(
        number,
        verb,
        arguments.isNull() ? Json.object() : arguments,
        json.has("expect") ? json.path("expect") : MissingNode.getInstance(),
        capture,
        json.path("times").asInt(1),
        json.path("settle").asBoolean(true),
        json.path("who").isString()
                && !json.path("who").stringValue().equals(PrincipalNameCheck.FIRST)
            ? json.path("who").stringValue()
            : null,
        json.has("note") ? ScriptReader.localizedText(json.path("note")) : null,
        yamlDocument.place(pointer));
  }
}
