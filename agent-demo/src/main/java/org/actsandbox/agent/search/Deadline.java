package org.actsandbox.agent.search;

import java.time.Duration;

/** A moment of real time that several calls together must not pass. */
record Deadline(long nanoTime) {

  static Deadline after(Duration timeout) {
    return new Deadline(System.nanoTime() + timeout.toNanos());
  }

  /**
   * Returns the remaining time, at least one millisecond: a call needs some timeout, and ends at
   * once with this one.
   */
  Duration remaining() {
    return Duration.ofNanos(Math.max(1_000_000, nanoTime - System.nanoTime()));
  }
}
