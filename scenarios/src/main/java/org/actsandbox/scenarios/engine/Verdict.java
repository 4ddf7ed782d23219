package org.actsandbox.scenarios.engine;

import java.time.Duration;
import java.util.List;
import org.actsandbox.scenarios.script.Script;
import org.jspecify.annotations.Nullable;

/**
 * How a scenario went.
 *
 * @param failure null when it passed
 * @param world the world it was played in
 */
public record Verdict(Script script, Duration took, String world, @Nullable Failure failure) {

  /** Its world could not even be made. */
  public static Verdict notPlayed(Script script, String world, String why) {
    var mismatch = new Mismatch("world " + world, "to be made and played in", why);
    var failure = new Failure(script.place(), 0, "world", List.of(mismatch), List.of());
    return new Verdict(script, Duration.ZERO, world, failure);
  }

  public boolean passed() {
    return failure == null;
  }
}
