package org.actsandbox.sandbox.world.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Represents the state of a world's clock.
 *
 * @param offset added to the machine's time; zero unless the mode is OFFSET
 * @param stoppedAt present exactly when the mode is STOPPED
 */
public record ClockState(WorldClock.Mode mode, Duration offset, @Nullable Instant stoppedAt) {

  static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  public static final ClockState REAL = new ClockState(WorldClock.Mode.REAL, Duration.ZERO, null);

  public ClockState {
    if ((mode == WorldClock.Mode.STOPPED) != (stoppedAt != null)) {
      throw new IllegalStateException("a clock stands still exactly when it is stopped");
    }
  }

  /**
   * Makes the state of a clock in this mode.
   *
   * @param now time that it shows; null for the machine's time
   * @throws Refusal {@code invalid_field} for a real clock with a time, or a time out of range
   */
  public static ClockState of(WorldClock.Mode mode, @Nullable Instant now, Instant machine) {
    if (now != null) {
      checkRange(now, mode);
    }
    var shown = now == null ? machine : now;
    return switch (mode) {
      case REAL -> REAL;
      case OFFSET -> shifted(Duration.between(machine, shown));
      case STOPPED -> stopped(shown.truncatedTo(ChronoUnit.MICROS));
    };
  }

  static void checkRange(Instant now, WorldClock.Mode mode) {
    if (mode == WorldClock.Mode.REAL) {
      throw new Refusal(Problem.INVALID_FIELD, "a real clock shows the machine's time")
          .at("now")
          .expected("absent, or another mode");
    }
    if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
      throw new Refusal(Problem.INVALID_FIELD, "out of range")
          .at("now")
          .expected(EARLIEST + " to " + LATEST)
          .observed(now.toString());
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

  /** Returns a clock in the same mode that shows {@code now} at this time of the machine. */
  ClockState showing(Instant now, Instant machine) {
    return mode == WorldClock.Mode.STOPPED ? stopped(now) : shifted(Duration.between(machine, now));
  }
}
