package org.actsandbox.protocol.time;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells the agenda only of moments earlier than the one it already knows: hundreds of holds a
 * second then cost one entry.
 *
 * <p>Race: work that becomes due is committed before {@link #wakeAt}, and a firing forgets the
 * moment before it asks the database what comes next; so either the firing sees the work, or the
 * work sees that nothing is expected and says so itself.
 */
public final class EarliestWakeUp {

  private final WakeUpSchedule wakeUpSchedule;
  private final AtomicReference<@Nullable Instant> expected = new AtomicReference<>();

  public EarliestWakeUp(WakeUpSchedule wakeUpSchedule) {
    this.wakeUpSchedule = wakeUpSchedule;
  }

  public void wakeAt(Instant due) {
    var known = expected.get();
    while (known == null || due.isBefore(known)) {
      if (expected.compareAndSet(known, due)) {
        wakeUpSchedule.wakeAt(due);
        return;
      }
      known = expected.get();
    }
  }

  public void forget() {
    expected.set(null);
  }
}
