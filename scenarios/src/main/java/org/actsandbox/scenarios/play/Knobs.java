package org.actsandbox.scenarios.play;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.play.Knob.Kind;
import org.actsandbox.scenarios.script.Nearest;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.Step;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** "Change one thing": what can be changed in a scenario, and the scenario with it changed. */
public final class Knobs {

  private Knobs() {}

  /** In the order of the file: the world first, then step by step. */
  public static List<Knob> of(Script script) {
    return new KnobFinder(script).knobs();
  }

  /**
   * The script with these knobs turned.
   *
   * @param values by the knob's name; knobs that are not named stay as they are
   * @throws Refusal {@code invalid_field} for an unknown knob or a value its kind does not have
   */
  public static Script turned(Script script, Map<String, String> values) {
    var knobs = of(script);
    var tree = tree(script);
    var order = new TreeMap<>(values);
    // Values before switches: what is switched off takes its values along.
    order.forEach((name, value) -> set(tree, named(name, knobs), value, false));
    order.forEach((name, value) -> set(tree, named(name, knobs), value, true));
    for (var list : List.of("faults", "changes", "mutants")) {
      if (tree.at("/world/" + list) instanceof ArrayNode array) {
        array.removeNulls();
      }
    }
    var steps =
        script.steps().stream()
            .filter(step -> tree.path("steps").has(key(step)))
            .map(step -> step.with(tree.path("steps").path(key(step))))
            .toList();
    return script.changed((ObjectNode) tree.path("world"), steps, order.toString());
  }

  /** What the names of knobs point into. */
  private static ObjectNode tree(Script script) {
    var tree = Json.object();
    tree.set("world", script.world().deepCopy());
    if (!script.world().has("principal")) {
      ((ObjectNode) tree.path("world")).putObject("principal");
    }
    var steps = tree.putObject("steps");
    script.steps().forEach(step -> steps.set(key(step), step.arguments().deepCopy()));
    return tree;
  }

  private static String key(Step step) {
    return String.valueOf(step.number());
  }

  private static Knob named(String name, List<Knob> knobs) {
    return knobs.stream()
        .filter(knob -> knob.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, knobs.stream().map(Knob::name).toList()));
  }

  private static void set(ObjectNode tree, Knob knob, String value, boolean switches) {
    var checked = knob.checked(value);
    if (switches != (knob.kind() == Kind.SWITCH) || value.equals(Knob.ON)) {
      return;
    }
    var pointer = JsonPointer.compile(knob.name());
    var last = pointer.last().getMatchingProperty();
    switch (tree.at(pointer.head())) {
      case ArrayNode array when switches -> array.setNull(Integer.parseInt(last));
      case ObjectNode object when switches -> object.remove(last);
      case ObjectNode object -> object.set(last, checked);
      case JsonNode other ->
          throw new IllegalStateException("no place for %s in %s".formatted(knob, other));
    }
  }

  private static Refusal unknown(String name, List<String> known) {
    return new Refusal(Problem.INVALID_FIELD, "this scenario has no knob " + name)
        .at(name)
        .expected("one of " + String.join(", ", known))
        .observed(name)
        .remedy(Nearest.to(name, known).map(near -> "Did you mean " + near + "?").orElse(""));
  }
}
