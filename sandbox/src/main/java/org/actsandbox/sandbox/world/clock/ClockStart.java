package org.actsandbox.sandbox.world.clock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Represents the clock of a world at its start, to which a reset returns: a world that was created
 * for a Wednesday in November begins on that Wednesday again.
 *
 * @param mode shifted or stopped; a world on real time has no such start
 * @param now time at the start; null for a shifted clock with offset zero
 */
public record ClockStart(WorldClock.Mode mode, @Nullable Instant now) {

  public static @Nullable ClockStart of(ClockState state, Instant machine) {
    return switch (state.mode()) {
      case REAL -> null;
      case OFFSET ->
          new ClockStart(state.mode(), state.offset().isZero() ? null : state.at(machine));
      case STOPPED -> new ClockStart(state.mode(), state.stoppedAt());
    };
  }

  /** Returns the state of a clock that is started at this time of the machine. */
  public ClockState state(Instant machine) {
    return ClockState.of(mode, now, machine);
  }
}
