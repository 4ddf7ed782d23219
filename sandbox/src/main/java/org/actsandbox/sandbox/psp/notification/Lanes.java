package org.actsandbox.sandbox.psp.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.time.Agenda;
import org.actsandbox.protocol.time.Soon;

/** Attempts under way, a lane per merchant: one that is silent takes no place from the others. */
final class Lanes {

  /** More would only queue; six merchants' lanes fit into the server's outbound connections. */
  private static final int AT_ONCE = 16;

  private final Agenda agenda;
  private final Soon any;
  private final Map<Did, Soon> lanes = new ConcurrentHashMap<>();

  Lanes(Agenda agenda) {
    this.agenda = agenda;
    this.any = new Soon(agenda, AT_ONCE);
  }

  Instant due(Instant now, Duration patience) {
    return any.due(now, patience);
  }

  /** False when the work is left to its row. */
  boolean start(Did merchant, String name, Runnable work) {
    return !isClosed()
        && lanes.computeIfAbsent(merchant, _ -> new Soon(agenda, AT_ONCE)).start(name, work);
  }

  void close() {
    any.close();
    lanes.values().forEach(Soon::close);
  }

  boolean isClosed() {
    return any.isClosed();
  }
}
