package org.actsandbox.sandbox.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.time.AfterCommit;
import org.actsandbox.protocol.time.WakeUpSchedule;

/**
 * Limits the delivery attempts under way per receiver, so that a silent one takes no place from
 * others.
 */
final class ReceiverQueues {

  /**
   * More attempts would only queue; those of six receivers fit into the server's outbound
   * connections.
   */
  private static final int MAX_PER_RECEIVER = 16;

  private final WakeUpSchedule wakeUpSchedule;
  private final AfterCommit shared;
  private final Map<String, AfterCommit> queues = new ConcurrentHashMap<>();

  ReceiverQueues(WakeUpSchedule wakeUpSchedule) {
    this.wakeUpSchedule = wakeUpSchedule;
    this.shared = new AfterCommit(wakeUpSchedule, MAX_PER_RECEIVER);
  }

  Instant due(Instant now, Duration patience) {
    return shared.rowDueAt(now, patience);
  }

  /** Returns false when the attempt is not started; its row makes it due again later. */
  boolean start(String receiver, String name, Runnable work) {
    return !isClosed()
        && queues
            .computeIfAbsent(receiver, _ -> new AfterCommit(wakeUpSchedule, MAX_PER_RECEIVER))
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
