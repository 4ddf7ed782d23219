package org.actsandbox.sandbox.psp.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.time.AfterCommit;
import org.actsandbox.protocol.time.WakeUpSchedule;

/**
 * Limits the delivery attempts under way per merchant, so that a silent merchant takes no place
 * from others.
 */
final class MerchantQueues {

  /**
   * More attempts would only queue; those of six merchants fit into the server's outbound
   * connections.
   */
  private static final int MAX_PER_MERCHANT = 16;

  private final WakeUpSchedule wakeUpSchedule;
  private final AfterCommit shared;
  private final Map<Did, AfterCommit> queues = new ConcurrentHashMap<>();

  MerchantQueues(WakeUpSchedule wakeUpSchedule) {
    this.wakeUpSchedule = wakeUpSchedule;
    this.shared = new AfterCommit(wakeUpSchedule, MAX_PER_MERCHANT);
  }

  Instant due(Instant now, Duration patience) {
    return shared.rowDueAt(now, patience);
  }

  /** Returns false when the attempt is not started; its row makes it due again later. */
  boolean start(Did merchant, String name, Runnable work) {
    return !isClosed()
        && queues
            .computeIfAbsent(merchant, _ -> new AfterCommit(wakeUpSchedule, MAX_PER_MERCHANT))
            .start(name, work);
  }

  void close() {
    shared.close();
    queues.values().forEach(AfterCommit::close);
  }

  boolean isClosed() {
    return shared.isClosed();
  }
}
