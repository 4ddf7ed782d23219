package org.actsandbox.sandbox.control;

import java.time.Instant;
import java.util.List;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.jspecify.annotations.Nullable;

/** Represents what a world's clock shows. */
record ClockView(WorldClock.Mode mode, Instant now) {

  static ClockView of(WorldClock clock) {
    return new ClockView(clock.mode(), clock.instant());
  }

  /**
   * Represents what a world's clock shows and the work that waits for it.
   *
   * @param nextDue waiting work, the earliest first
   * @param more whether more work waits than is listed
   * @param next cursor of the next page, absent on the last page
   */
  record WithWork(
      WorldClock.Mode mode,
      Instant now,
      List<WorldClock.Pending> nextDue,
      boolean more,
      @Nullable String next) {

    static WithWork of(WorldClock clock, @Nullable String cursor, int limit) {
      var after = cursor == null ? null : DueCursor.parse(cursor);
      var waiting = clock.waiting(after, limit + 1);
      var shown = waiting.subList(0, Math.min(limit, waiting.size()));
      boolean more = waiting.size() > limit;
      return new WithWork(
          clock.mode(), clock.instant(), shown, more, more ? DueCursor.of(shown.getLast()) : null);
    }
  }
}
