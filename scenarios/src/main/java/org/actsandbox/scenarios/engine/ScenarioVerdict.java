package org.actsandbox.scenarios.engine;

import java.time.Duration;
import java.util.List;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.script.Script;
import org.jspecify.annotations.Nullable;

/**
 * How a scenario went.
 *
 * @param failure null when it passed
 * @param world the world it was played in
 */
public record ScenarioVerdict(
    Script script, Duration took, String world, @Nullable ScenarioFailure failure) {

  /** Its world could not even be made. */
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
