package org.actsandbox.scenarios.script;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents a scenario that was read from a file and checked.
 *
 * @param name the name of the file without its ending
 * @param world the settings of the scenario's world
 * @param expect the expectations that must hold after the last step
 * @param expectPlaces the place of each expectation in the file, by its first key
 * @param source the text of the file
 * @param digest a digest of everything that was read, included files as well
 */
public record Script(
    String name,
    ScriptDescription about,
    ObjectNode world,
    List<ScenarioStep> steps,
    ObjectNode expect,
    Map<String, SourceLocation> expectPlaces,
    SourceLocation place,
    String source,
    String digest) {

  public Text title() {
    return about.title();
  }

  public Text why() {
    return about.why();
  }

  public String theme() {
    return about.theme();
  }

  public List<String> act() {
    return about.act();
  }

  public List<String> kills() {
    return about.kills();
  }

  /** Tells whether the world's clock stands still until a step moves it. */
  public boolean isClockStopped() {
    var clock = world.path("clock");
    var mode = clock.isObject() ? clock.path("mode").asString("stopped") : clock.asString("");
    return !mode.equals("real") && !mode.equals("offset");
  }

  /** Tells whether two runs must write the same journal: there is no race and no running clock. */
  public boolean isRepeatable() {
    return isClockStopped()
        && steps.stream()
            .noneMatch(
                scenarioStep ->
                    scenarioStep.verb() == Verb.RACE || scenarioStep.verb() == Verb.CLOCK);
  }

  /** Returns a copy with these mutants (defective stand-ins) in its world. */
  public Script withMutants(List<String> mutants) {
    var defective = world.deepCopy();
    var all = new LinkedHashSet<String>();
    // The file's own mutants stay: without them the scenario would fail for another reason.
    world.path("mutants").forEach(own -> all.add(own.asString()));
    all.addAll(mutants);
    var names = defective.putArray("mutants");
    all.forEach(names::add);
    return changed(defective, steps, mutants.toString());
  }

  /**
   * Returns a copy that is played to its end with any outcome: no step expects anything, and steps
   * that only check are left out.
   */
  public Script withoutExpectations() {
    return new Script(
        name,
        about,
        world,
        steps.stream()
            .filter(scenarioStep -> scenarioStep.verb() != Verb.CHECK)
            .map(ScenarioStep::withoutExpectation)
            .toList(),
        Json.object(),
        Map.of(),
        place,
        source,
        digest + " without expectations");
  }

  /**
   * Returns a copy with another world or other steps.
   *
   * @param change a text that distinguishes the copy from others made of the same file
   */
  public Script changed(ObjectNode otherWorld, List<ScenarioStep> otherSteps, String change) {
    return new Script(
        name,
        about,
        otherWorld,
        List.copyOf(otherSteps),
        expect,
        expectPlaces,
        place,
        source,
        digest + change);
  }
}
