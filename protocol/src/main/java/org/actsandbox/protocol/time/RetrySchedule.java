package org.actsandbox.protocol.time;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lists the pauses before the second, third, ... attempt of a call.
 *
 * @param lastRepeats whether the last pause repeats without end; else the attempts end after it
 */
public record RetrySchedule(List<Duration> pauses, boolean lastRepeats) {

  public RetrySchedule {
    pauses = List.copyOf(pauses);
  }

  /** Makes a schedule that gives up after its last pause. */
  public static RetrySchedule ending(Duration... pauses) {
    return new RetrySchedule(List.of(pauses), false);
  }

  /** Makes a schedule that never gives up. */
  public static RetrySchedule endless(Duration... pauses) {
    return new RetrySchedule(List.of(pauses), true);
  }

  /** Returns the pause before the second attempt. */
  public Duration first() {
    return pauses.getFirst();
  }

  /**
   * Returns when to try again; empty when it is enough.
   *
   * @param pausesTaken the pauses that were taken already: 0 before the second attempt
   */
  public Optional<Instant> next(Instant now, int pausesTaken) {
    if (pausesTaken < pauses.size()) {
      return Optional.of(now.plus(pauses.get(pausesTaken)));
    }
    return lastRepeats ? Optional.of(now.plus(pauses.getLast())) : Optional.empty();
  }
}
