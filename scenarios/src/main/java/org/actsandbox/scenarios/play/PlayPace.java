package org.actsandbox.scenarios.play;

import java.time.Duration;

/**
 * Says how fast a scenario is played.
 *
 * @param beforeEachStep real time between the announcement of a step and the step itself
 */
public record PlayPace(Duration beforeEachStep) {

  /** Slow enough for a person to read each announcement. */
  public static final PlayPace HUMAN = new PlayPace(Duration.ofMillis(2_500));

  public static final PlayPace MACHINE = new PlayPace(Duration.ZERO);
}
