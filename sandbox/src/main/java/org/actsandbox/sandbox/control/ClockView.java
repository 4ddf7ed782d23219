package org.actsandbox.sandbox.control;

import java.time.Instant;
import org.actsandbox.sandbox.world.WorldClock;

/** What a world's clock shows. */
record ClockView(WorldClock.Mode mode, Instant now) {

  static ClockView of(WorldClock clock) {
    return new ClockView(clock.mode(), clock.instant());
  }
}
