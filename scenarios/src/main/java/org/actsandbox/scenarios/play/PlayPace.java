package org.actsandbox.scenarios.play;

import java.time.Duration;

/**
 * How fast a scenario is played.
 *
 * @param beforeEachStep real time between telling what comes and doing it
 */
public record PlayPace(Duration beforeEachStep) {

  /** Slow enough to read what comes. */
  public static final PlayPace HUMAN = new PlayPace(Duration.ofMillis(2_500));

  public static final PlayPace MACHINE = new PlayPace(Duration.ZERO);
}
