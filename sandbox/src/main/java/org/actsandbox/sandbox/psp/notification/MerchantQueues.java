package org.actsandbox.sandbox.psp.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.time.AfterCommit;
import org.actsandbox.protocol.time.WakeUpSchedule;

/** Attempts under way, a lane per merchant: one that is silent takes no place from the others. */
final class MerchantQueues {

  /** More would only queue; six merchants' lanes fit into the server's outbound connections. */
  private static final int AT_ONCE = 16;

  private final WakeUpSchedule wakeUpSchedule;
  private final AfterCommit any;
  private final Map<Did, AfterCommit> lanes = new ConcurrentHashMap<>();

  MerchantQueues(WakeUpSchedule wakeUpSchedule) {
    this.wakeUpSchedule = wakeUpSchedule;
    this.any = new AfterCommit(wakeUpSchedule, AT_ONCE);
  }

  Instant due(Instant now, Duration patience) {
    return any.rowDueAt(now, patience);
  }

  /** False when the work is left to its row. */
  boolean start(Did merchant, String name, Runnable work) {
    return !isClosed()
        && lanes
            .computeIfAbsent(merchant, _ -> new AfterCommit(wakeUpSchedule, AT_ONCE))
            .start(name, work);
  }

  void close() {
    any.close();
    lanes.values().forEach(AfterCommit::close);
  }

  boolean isClosed() {
    return any.isClosed();
  }
}
