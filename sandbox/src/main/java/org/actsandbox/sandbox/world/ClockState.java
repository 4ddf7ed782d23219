package org.actsandbox.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a world's clock stands.
 *
 * @param offset added to the machine's time; zero unless the mode is OFFSET
 * @param stoppedAt exactly when the mode is STOPPED
 */
record ClockState(WorldClock.Mode mode, Duration offset, @Nullable Instant stoppedAt) {

  static final ClockState REAL = new ClockState(WorldClock.Mode.REAL, Duration.ZERO, null);

  ClockState {
    if ((mode == WorldClock.Mode.STOPPED) != (stoppedAt != null)) {
      throw new IllegalStateException("a clock stands still exactly when it is stopped");
    }
  }

  static ClockState stopped(Instant at) {
    return new ClockState(WorldClock.Mode.STOPPED, Duration.ZERO, at);
  }

  static ClockState shifted(Duration offset) {
    return new ClockState(WorldClock.Mode.OFFSET, offset, null);
  }

  Instant at(Instant machine) {
    return stoppedAt == null ? machine.plus(offset) : stoppedAt;
  }

  /** The same kind of clock, showing {@code now} at this moment of the machine. */
  ClockState showing(Instant now, Instant machine) {
    return mode == WorldClock.Mode.STOPPED ? stopped(now) : shifted(Duration.between(machine, now));
  }
}
