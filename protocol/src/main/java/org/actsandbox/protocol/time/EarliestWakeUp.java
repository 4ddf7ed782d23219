package org.actsandbox.protocol.time;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Passes a wake-up time to the schedule only if it is earlier than the one that the schedule knows
 * already, so that hundreds of holds per second cost one entry.
 *
 * <p>Race: work is committed before {@link #wakeAt}, and a firing calls {@link #forget} before it
 * asks the database for the next due time. So either the firing sees the work, or the work sees
 * that no wake-up is expected and schedules one itself.
 */
public final class EarliestWakeUp {

  private final WakeUpSchedule schedule;
  private final AtomicReference<@Nullable Instant> expected = new AtomicReference<>();

  public EarliestWakeUp(WakeUpSchedule schedule) {
    this.schedule = schedule;
  }

  public void wakeAt(Instant due) {
    var known = expected.get();
    while (known == null || due.isBefore(known)) {
      if (expected.compareAndSet(known, due)) {
        schedule.wakeAt(due);
        return;
      }
      known = expected.get();
    }
  }

  public void forget() {
    expected.set(null);
  }
}
