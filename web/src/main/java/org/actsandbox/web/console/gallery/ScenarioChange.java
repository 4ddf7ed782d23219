package org.actsandbox.web.console.gallery;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.fault.FaultName;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.sandbox.mutant.assembly.Mutants;
import org.actsandbox.scenarios.play.ScenarioParameter;
import org.actsandbox.scenarios.play.ScenarioParameters;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.web.console.play.ConsoleStepNames;
import org.jspecify.annotations.Nullable;

/**
 * Is the one thing that is changed in a scenario: a parameter with another value, or a fault in its
 * world.
 *
 * @param label name of the changed thing
 * @param from its old value; empty for an added fault
 * @param to its new value
 * @param script the changed scenario
 */
record ScenarioChange(Text label, String from, String to, Script script) {

  /**
   * The faults that make sense in every scenario. They happen once, to the first participant that
   * gets a matching request.
   */
  static final List<FaultName> FAULTS = FaultName.offeredAsChange();

  static List<String> faults() {
    return FAULTS.stream().map(FaultName::code).toList();
  }

  /**
   * Changes a parameter of the script.
   *
   * @throws Refusal {@code invalid_field} for an unknown parameter, or a value that the parameter
   *     does not take
   */
  static ScenarioChange ofParameter(Script script, @Nullable String name, @Nullable String value) {
    var wanted = name == null ? "" : name;
    var known =
        ScenarioParameters.of(script, ConsoleStepNames.NAMES).stream()
            .filter(scenarioParameter -> scenarioParameter.name().equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(Problem.INVALID_FIELD, "this scenario has no such setting")
                        .at("setting")
                        .expected("one of those on its page")
                        .observed(wanted.length() > 80 ? wanted.substring(0, 80) : wanted));
    var to = value == null ? "" : value;
    return new ScenarioChange(
        known.label(),
        known.value(),
        to,
        ScenarioParameters.withValues(script, Map.of(known.name(), to)));
  }

  static ScenarioChange ofFault(Script script, @Nullable String code) {
    var fault =
        Arrays.stream(FaultName.values())
            .filter(name -> FAULTS.contains(name) && name.code().equals(code))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(Problem.INVALID_FIELD, "there is no such fault to add")
                        .at("fault")
                        .expected(String.join(", ", faults())));
    var world = script.world().deepCopy();
    world
        .withArray("faults")
        .add(
            Json.object()
                .put("name", fault.code())
                .put("participant", "*")
                .put("operation", operation(fault))
                .put("count", 1));
    return new ScenarioChange(
        Text.untranslated(fault.code()),
        "",
        ScenarioParameter.ON,
        script.changed(world, script.steps(), "+" + fault.code()));
  }

  /** Returns the defective stand-ins that the scenario says it notices. */
  static List<Mutant> standIns(Script script) {
    return script.kills().stream().flatMap(name -> Mutants.find(name).stream()).toList();
  }

  /**
   * Puts a defective stand-in into the world.
   *
   * @throws Refusal {@code invalid_field} for an unknown one
   */
  static ScenarioChange ofStandIn(Script script, @Nullable String name) {
    var mutant =
        Mutants.find(name == null ? "" : name)
            .orElseThrow(
                () ->
                    new Refusal(Problem.INVALID_FIELD, "there is no such stand-in")
                        .at("standin")
                        .expected("one of those on the page")
                        .observed(name == null ? "nothing" : name));
    return new ScenarioChange(
        mutant.wrong(), "", ScenarioParameter.ON, script.withMutants(List.of(mutant.name())));
  }

  /**
   * Returns the operation that the fault affects. A fault of any request would affect the first
   * look-up, so that it affects the cart confirmation instead.
   */
  private static String operation(FaultName fault) {
    return fault.operation().equals("**") ? "POST /carts" : fault.operation();
  }
}
