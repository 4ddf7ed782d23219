package org.actsandbox.sandbox.control;

import java.time.Instant;
import java.util.List;
import org.actsandbox.sandbox.world.WorldClock;

/** What a world's clock shows. */
record ClockView(WorldClock.Mode mode, Instant now) {

  static ClockView of(WorldClock clock) {
    return new ClockView(clock.mode(), clock.instant());
  }

  /**
   * What a world's clock shows and what waits for it.
   *
   * @param nextDue the earliest first
   * @param more whether more waits than is listed
   */
  record WithWork(
      WorldClock.Mode mode, Instant now, List<WorldClock.Pending> nextDue, boolean more) {

    static WithWork of(WorldClock clock, int limit) {
      var waiting = clock.waiting(limit + 1);
      return new WithWork(
          clock.mode(),
          clock.instant(),
          waiting.subList(0, Math.min(limit, waiting.size())),
          waiting.size() > limit);
    }
  }
}
