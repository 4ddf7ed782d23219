package org.actsandbox.scenarios.engine;

import java.time.Duration;
import org.actsandbox.scenarios.script.Script;
import org.jspecify.annotations.Nullable;

/**
 * How a scenario went.
 *
 * @param failure null when it passed
 * @param world the world it was played in
 */
public record Verdict(Script script, Duration took, String world, @Nullable Failure failure) {

  public boolean passed() {
    return failure == null;
  }
}
