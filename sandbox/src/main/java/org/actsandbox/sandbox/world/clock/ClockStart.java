package org.actsandbox.sandbox.world.clock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a world's clock stood when the world was made, which is how it stands again when the world is
 * reset: whoever ordered a world for a Wednesday in November gets that Wednesday back.
 *
 * @param mode shifted or stopped; a world on real time has no such start
 * @param now what it shows then; null for a shifted clock that was shifted by nothing
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

  /** The same clock, started at this moment of the machine. */
  public ClockState state(Instant machine) {
    return ClockState.of(mode, now, machine);
  }
}
