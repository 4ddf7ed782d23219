package org.actsandbox.sandbox.world.clock;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Holds the requested wake-up times of a world, rounded up to a grid, so that thousands of holds
 * that end in the same second cause one wake-up. The due work itself decides what really is due.
 */
final class WakeUpTimes {

  /** Grid in milliseconds; work is done at most this much after it fell due. */
  static final long GRID_MS = 50;

  private static final int MAX = 100_000;

  private final ConcurrentSkipListSet<Long> moments = new ConcurrentSkipListSet<>();

  /** Adds a wake-up time; true if it is the earliest now. */
  boolean add(Instant due) {
    long moment = roundedUp(due);
    if (!moments.add(moment)) {
      return false;
    }
    if (moments.size() > MAX) {
      // The due work itself asks for the dropped time again when it comes nearer.
      moments.pollLast();
    }
    return earliest().orElse(Long.MAX_VALUE) == moment;
  }

  OptionalLong earliest() {
    var first = moments.isEmpty() ? null : moments.ceiling(Long.MIN_VALUE);
    return first == null ? OptionalLong.empty() : OptionalLong.of(first);
  }

  void dropUntil(Instant now) {
    moments.headSet(now.toEpochMilli(), true).clear();
  }

  private static long roundedUp(Instant due) {
    // toEpochMilli rounds down, so one more millisecond is never too early.
    return Math.ceilDiv(due.toEpochMilli() + 1, GRID_MS) * GRID_MS;
  }
}
