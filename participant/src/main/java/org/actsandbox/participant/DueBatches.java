package org.actsandbox.participant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.EarliestWakeUp;
import org.actsandbox.protocol.time.WakeUpSchedule;

/** Fires the due rows of a table, one after another in the order in which they fell due. */
public final class DueBatches implements DueWork {

  private static final int BATCH = 100;

  private final DueTable table;
  private final BiPredicate<String, Instant> step;
  private final EarliestWakeUp wakeUp;

  /**
   * @param step does the work of one row and moves it; false if the row stays as it is, because
   *     another thread was first or the clock was set back
   */
  public DueBatches(DueTable table, WakeUpSchedule schedule, BiPredicate<String, Instant> step) {
    this.table = table;
    this.step = step;
    this.wakeUp = new EarliestWakeUp(schedule);
  }

  /** Notes a row that waits until {@code due}; must be called after its commit. */
  public void wakeAt(Instant due) {
    wakeUp.wakeAt(due);
  }

  @Override
  public Optional<Instant> nextDue() {
    return table.next();
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return table.waiting(limit);
  }

  /** Fires batch after batch, until one is not full or none of its rows has moved. */
  @Override
  public void fireDue(Instant now) {
    wakeUp.forget();
    List<String> due;
    do {
      due = table.due(now, BATCH);
    } while (due.stream().filter(id -> step.test(id, now)).count() > 0 && due.size() == BATCH);
    nextDue().ifPresent(wakeUp::wakeAt);
  }
}
