package org.actsandbox.scenarios.script;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.commerce.Text;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scenario, read and checked.
 *
 * @param name as the file's
 * @param world settings of its world
 * @param expect what must hold in the end
 * @param expectPlaces where each expectation stands, by its first key
 * @param source the file's text
 * @param digest of everything that was read, includes too
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

  /** Whether its world's clock stands still until a step moves it. */
  public boolean isClockStopped() {
    var clock = world.path("clock");
    var mode = clock.isObject() ? clock.path("mode").asString("stopped") : clock.asString("");
    return !mode.equals("real") && !mode.equals("offset");
  }

  /** Whether two runs must write the same journal: no race in it, no clock that runs. */
  public boolean isRepeatable() {
    return isClockStopped()
        && steps.stream()
            .noneMatch(
                scenarioStep ->
                    scenarioStep.verb() == Verb.RACE || scenarioStep.verb() == Verb.CLOCK);
  }

  /** The same with these defective stand-ins in its world. */
  public Script withMutants(List<String> mutants) {
    var defective = world.deepCopy();
    var all = new LinkedHashSet<String>();
    // Those the file asks for stay: without its own rogue a scenario fails, and that says nothing.
    world.path("mutants").forEach(own -> all.add(own.asString()));
    all.addAll(mutants);
    var names = defective.putArray("mutants");
    all.forEach(names::add);
    return changed(defective, steps, mutants.toString());
  }

  /**
   * The same in another world or with other steps.
   *
   * @param change tells it from others made of the same file
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
