package org.actsandbox.scenarios.play;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.NearestWord;
import org.actsandbox.scenarios.explain.StepNames;
import org.actsandbox.scenarios.play.ScenarioParameter.Kind;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists what can be changed in a scenario and makes the changed scenario, for the page "Change one
 * thing".
 */
public final class ScenarioParameters {

  private ScenarioParameters() {}

  /** Returns the parameters in the order of the file: the world first, then step by step. */
  public static List<ScenarioParameter> of(Script script) {
    return of(script, StepNames.IDS);
  }

  /** Returns the parameters, whose labels call things by the reader's names. */
  public static List<ScenarioParameter> of(Script script, StepNames names) {
    return new ScenarioParameterFinder(script, names).parameters();
  }

  /**
   * Returns the script with other values of some parameters.
   *
   * @param values the new values by parameter name; parameters that are not named keep theirs
   * @throws Refusal {@code invalid_field} for an unknown parameter or a value that its kind does
   *     not have
   */
  public static Script withValues(Script script, Map<String, String> values) {
    var scenarioParameters = of(script);
    var tree = tree(script);
    var order = new TreeMap<>(values);
    // Values before switches: an item that is switched off is removed together with its values.
    order.forEach((name, value) -> set(tree, named(name, scenarioParameters), value, false));
    order.forEach((name, value) -> set(tree, named(name, scenarioParameters), value, true));
    for (var list : List.of("faults", "changes", "mutants")) {
      if (tree.at("/world/" + list) instanceof ArrayNode array) {
        array.removeNulls();
      }
    }
    var scenarioSteps =
        script.steps().stream()
            .filter(scenarioStep -> tree.path("steps").has(key(scenarioStep)))
            .map(scenarioStep -> scenarioStep.with(tree.path("steps").path(key(scenarioStep))))
            .toList();
    return script.changed((ObjectNode) tree.path("world"), scenarioSteps, order.toString());
  }

  /** Returns the JSON into which the names of parameters point. */
  private static ObjectNode tree(Script script) {
    var tree = Json.object();
    tree.set("world", script.world().deepCopy());
    if (!script.world().has("principal")) {
      ((ObjectNode) tree.path("world")).putObject("principal");
    }
    var steps = tree.putObject("steps");
    script
        .steps()
        .forEach(scenarioStep -> steps.set(key(scenarioStep), scenarioStep.arguments().deepCopy()));
    return tree;
  }

  private static String key(ScenarioStep scenarioStep) {
    return String.valueOf(scenarioStep.number());
  }

  private static ScenarioParameter named(String name, List<ScenarioParameter> scenarioParameters) {
    return scenarioParameters.stream()
        .filter(scenarioParameter -> scenarioParameter.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> unknown(name, scenarioParameters.stream().map(ScenarioParameter::name).toList()));
  }

  private static void set(
      ObjectNode tree, ScenarioParameter scenarioParameter, String value, boolean switches) {
    var checked = scenarioParameter.checked(value);
    if (switches != (scenarioParameter.kind() == Kind.SWITCH)
        || value.equals(ScenarioParameter.ON)) {
      return;
    }
    var pointer = JsonPointer.compile(scenarioParameter.name());
    var last = pointer.last().getMatchingProperty();
    switch (tree.at(pointer.head())) {
      case ArrayNode array when switches -> array.setNull(Integer.parseInt(last));
      case ObjectNode object when switches -> object.remove(last);
      case ObjectNode object -> object.set(last, checked);
      case JsonNode other ->
          throw new IllegalStateException(
              "no place for %s in %s".formatted(scenarioParameter, other));
    }
  }

  private static Refusal unknown(String name, List<String> known) {
    return new Refusal(Problem.INVALID_FIELD, "this scenario has no parameter " + name)
        .at(name)
        .expected("one of " + String.join(", ", known))
        .observed(name)
        .remedy(NearestWord.find(name, known).map(near -> "Did you mean " + near + "?").orElse(""));
  }
}
