package org.actsandbox.sandbox.fault;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which notification of a trade is turned away until the next one of that trade has arrived. In
 * memory: after a restart a held one simply passes at its sender's next attempt.
 */
public final class HeldNotifications {

  /** Trades remembered; the oldest is forgotten, and then not held any more. */
  private static final int MAX = 1_000;

  private record Held(String notificationId, Instant until) {}

  private final Map<String, Held> held = bounded();
  private final Map<String, Boolean> swapped = bounded();

  /** Whether this one must still wait; the arrival of another one of the trade ends the wait. */
  synchronized boolean holds(String tradeNo, String notificationId, Instant now) {
    var waiting = held.get(tradeNo);
    if (waiting == null) {
      return false;
    }
    boolean same = waiting.notificationId().equals(notificationId);
    if (same && now.isBefore(waiting.until())) {
      return true;
    }
    held.remove(tradeNo);
    swapped.put(tradeNo, true);
    return false;
  }

  /** Begins to hold it, unless the trade had its swap already. */
  synchronized boolean hold(String tradeNo, String notificationId, Instant until) {
    if (swapped.containsKey(tradeNo) || held.containsKey(tradeNo)) {
      return false;
    }
    held.put(tradeNo, new Held(notificationId, until));
    return true;
  }

  synchronized void forget() {
    held.clear();
    swapped.clear();
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MAX;
      }
    };
  }
}
