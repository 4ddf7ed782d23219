package org.actsandbox.sandbox.world.clock;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The moments somebody noted, rounded up to a grid so that thousands of holds that end in the same
 * second are one wake-up; what really is due is decided by the due work itself.
 */
final class WakeUpTimes {

  /** Milliseconds; nothing is done later than this after it fell due. */
  static final long GRID_MS = 50;

  private static final int MAX = 100_000;

  private final ConcurrentSkipListSet<Long> moments = new ConcurrentSkipListSet<>();

  /** True if this is the earliest now. */
  boolean add(Instant due) {
    long moment = roundedUp(due);
    if (!moments.add(moment)) {
      return false;
    }
    if (moments.size() > MAX) {
      // The latest is asked for again by the due work itself when its time comes nearer.
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
    // toEpochMilli cuts, so one more millisecond is never too early.
    return Math.ceilDiv(due.toEpochMilli() + 1, GRID_MS) * GRID_MS;
  }
}
