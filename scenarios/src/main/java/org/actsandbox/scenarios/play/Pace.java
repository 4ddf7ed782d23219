package org.actsandbox.scenarios.play;

import java.time.Duration;

/**
 * How fast a scenario is played.
 *
 * @param beforeEachStep real time between telling what comes and doing it
 */
public record Pace(Duration beforeEachStep) {

  /** Slow enough to read what comes. */
  public static final Pace HUMAN = new Pace(Duration.ofMillis(2_500));

  public static final Pace MACHINE = new Pace(Duration.ZERO);
}
