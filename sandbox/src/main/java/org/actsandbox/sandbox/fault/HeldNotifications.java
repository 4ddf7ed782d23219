package org.actsandbox.sandbox.fault;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which notification of a trade is refused until the next one of that trade has arrived.
 * This is in memory only: after a restart, a held notification passes at its sender's next attempt.
 */
public final class HeldNotifications {

  /**
   * Limit of remembered trades; the oldest is forgotten, and its notification is no longer held.
   */
  private static final int MAX_TRADES = 1_000;

  private record Held(String notificationId, Instant until) {}

  private final Map<String, Held> held = bounded();
  private final Map<String, Boolean> reordered = bounded();

  /**
   * Says whether the notification must still wait; the arrival of another one of the trade ends the
   * wait.
   */
  synchronized boolean holds(String tradeNo, String notificationId, Instant now) {
    var heldNow = held.get(tradeNo);
    if (heldNow == null) {
      return false;
    }
    boolean same = heldNow.notificationId().equals(notificationId);
    if (same && now.isBefore(heldNow.until())) {
      return true;
    }
    held.remove(tradeNo);
    reordered.put(tradeNo, true);
    return false;
  }

  /**
   * Holds the notification; false if the trade's notifications were reordered already, or one is
   * held.
   */
  synchronized boolean hold(String tradeNo, String notificationId, Instant until) {
    if (reordered.containsKey(tradeNo) || held.containsKey(tradeNo)) {
      return false;
    }
    held.put(tradeNo, new Held(notificationId, until));
    return true;
  }

  synchronized void forget() {
    held.clear();
    reordered.clear();
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MAX_TRADES;
      }
    };
  }
}
