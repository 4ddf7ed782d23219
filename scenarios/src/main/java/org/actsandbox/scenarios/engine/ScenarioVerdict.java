package org.actsandbox.scenarios.engine;

import java.time.Duration;
import java.util.List;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.script.Script;
import org.jspecify.annotations.Nullable;

/**
 * Holds the result of a scenario.
 *
 * @param took wall-clock time from the creation of the player to the verdict
 * @param world the name of the world in which the scenario was played
 * @param failure why the scenario failed; null if it passed
 */
public record ScenarioVerdict(
    Script script, Duration took, String world, @Nullable ScenarioFailure failure) {

  /** Creates the verdict on a scenario which failed because its world could not be made. */
  public static ScenarioVerdict notPlayed(Script script, String world, String why) {
    var mismatch = new Mismatch("world " + world, "to be made and played in", why);
    var scenarioFailure =
        new ScenarioFailure(script.place(), 0, "world", List.of(mismatch), List.of());
    return new ScenarioVerdict(script, Duration.ZERO, world, scenarioFailure);
  }

  public boolean passed() {
    return failure == null;
  }
}
