package org.actsandbox.scenarios.script;

import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.commerce.Text;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scenario, read and checked.
 *
 * @param name as the file's
 * @param title empty texts when the file has none; likewise the reason why it matters
 * @param theme merchants, payment, proofs, ...; {@code own} when the file has none
 * @param act the rules of ACT it shows
 * @param world settings of its world
 * @param expect what must hold in the end
 * @param expectPlaces where each expectation stands, by its first key
 * @param source the file's text
 * @param digest of everything that was read, includes too
 */
public record Script(
    String name,
    Text title,
    Text why,
    String theme,
    List<String> act,
    ObjectNode world,
    List<Step> steps,
    ObjectNode expect,
    Map<String, Place> expectPlaces,
    Place place,
    String source,
    String digest) {

  /** Whether its world's clock stands still until a step moves it. */
  public boolean isClockStopped() {
    var clock = world.path("clock");
    var mode = clock.isObject() ? clock.path("mode").asString("stopped") : clock.asString("");
    return !mode.equals("real") && !mode.equals("offset");
  }

  /** Whether two runs must write the same journal: no race in it, no clock that runs. */
  public boolean isRepeatable() {
    return isClockStopped()
        && steps.stream().noneMatch(step -> step.verb() == Verb.RACE || step.verb() == Verb.CLOCK);
  }

  /** The same with these defective stand-ins in its world. */
  public Script withMutants(List<String> mutants) {
    var defective = world.deepCopy();
    var names = defective.putArray("mutants");
    mutants.forEach(names::add);
    return new Script(
        name,
        title,
        why,
        theme,
        act,
        defective,
        steps,
        expect,
        expectPlaces,
        place,
        source,
        digest + mutants);
  }
}
