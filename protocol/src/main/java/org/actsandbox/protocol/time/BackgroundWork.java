package org.actsandbox.protocol.time;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Due work that calls other participants and so may take long. A running clock does not wait for
 * it: it is done in the background, by one thread at a time. A stopped clock does it when it gets
 * an order.
 */
public final class BackgroundWork implements DueWork {

  private final String name;
  private final DueWork work;
  private final AfterCommit afterCommit;
  private final Consumer<Instant> wakeUpAt;
  private final AtomicBoolean running = new AtomicBoolean();

  /**
   * @param afterCommit must have one slot
   * @param wakeUpAt gets the next due time after the work in the background is done
   */
  public BackgroundWork(
      String name, DueWork work, AfterCommit afterCommit, Consumer<Instant> wakeUpAt) {
    this.name = name;
    this.work = work;
    this.afterCommit = afterCommit;
    this.wakeUpAt = wakeUpAt;
  }

  @Override
  public Optional<Instant> nextDue() {
    // The running thread reports the next due time when it is done.
    return running.get() || afterCommit.isClosed() ? Optional.empty() : work.nextDue();
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return work.waiting(limit);
  }

  @Override
  public void fireDue(Instant now) {
    work.fireDue(now);
  }

  @Override
  public void startDue(Instant now) {
    if (!running.compareAndSet(false, true)) {
      return;
    }
    if (!afterCommit.start(name, () -> fireAndReschedule(now))) {
      running.set(false);
    }
  }

  private void fireAndReschedule(Instant now) {
    try {
      work.fireDue(now);
    } finally {
      running.set(false);
      work.nextDue().ifPresent(wakeUpAt);
    }
  }
}
