package org.actsandbox.sandbox.world.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Holds the requested wake-up times of a world, rounded up to a grid, so that thousands of holds
 * that end in the same second cause one wake-up. The due work itself decides what really is due.
 */
final class WakeUpTimes {

  /** Grid in milliseconds; work is done at most this much after it fell due. */
  static final long GRID_MS = 50;

  /**
   * Real time after which the transaction that a wake-up was asked for in has ended; no request
   * runs longer.
   */
  static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(2);

  private static final int MAX = 100_000;

  /** For each moment the machine's time in milliseconds at which it was last asked for. */
  private final ConcurrentSkipListMap<Long, Long> moments = new ConcurrentSkipListMap<>();

  /**
   * Adds a wake-up time; true if it is the earliest now.
   *
   * @param asked the machine's time
   */
  boolean add(Instant due, Instant asked) {
    long moment = roundedUp(due);
    if (moments.put(moment, asked.toEpochMilli()) != null) {
      return false;
    }
    if (moments.size() > MAX) {
      // The due work itself asks for the dropped time again when it comes nearer.
      moments.pollLastEntry();
    }
    return earliest().orElse(Long.MAX_VALUE) == moment;
  }

  OptionalLong earliest() {
    var first = moments.firstEntry();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.getKey());
  }

  void dropUntil(Instant now) {
    moments.headMap(now.toEpochMilli(), true).clear();
  }

  /**
   * Drops the times of work that was settled before it fell due, such as the hold of an order that
   * was paid.
   *
   * @param next the earliest time for which any work waited at a look; empty if none waits
   * @param looked the machine's time of that look
   */
  void dropSettled(Optional<Instant> next, Instant looked) {
    long ended = looked.minus(LONGEST_TRANSACTION).toEpochMilli();
    long before = next.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    moments.headMap(before, false).values().removeIf(asked -> asked < ended);
  }

  private static long roundedUp(Instant due) {
    // toEpochMilli rounds down, so one more millisecond is never too early.
    return Math.ceilDiv(due.toEpochMilli() + 1, GRID_MS) * GRID_MS;
  }
}
