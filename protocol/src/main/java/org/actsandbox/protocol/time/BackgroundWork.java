package org.actsandbox.protocol.time;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Work that calls others and so may take long. A clock that runs does not wait for it: it is done
 * in the background, by one thread at a time. A clock that stands still does it when it is told to.
 */
public final class BackgroundWork implements DueWork {

  private final String name;
  private final DueWork work;
  private final AfterCommit afterCommit;
  private final Consumer<Instant> expect;
  private final AtomicBoolean underway = new AtomicBoolean();

  /**
   * @param afterCommit with one place
   * @param expect told of the next moment once the background is done
   */
  public BackgroundWork(
      String name, DueWork work, AfterCommit afterCommit, Consumer<Instant> expect) {
    this.name = name;
    this.work = work;
    this.afterCommit = afterCommit;
    this.expect = expect;
  }

  @Override
  public Optional<Instant> nextDue() {
    // Whoever is at work says what comes next when it is done.
    return underway.get() || afterCommit.isClosed() ? Optional.empty() : work.nextDue();
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
    if (!underway.compareAndSet(false, true)) {
      return;
    }
    if (!afterCommit.start(name, () -> atWork(now))) {
      underway.set(false);
    }
  }

  private void atWork(Instant now) {
    try {
      work.fireDue(now);
    } finally {
      underway.set(false);
      work.nextDue().ifPresent(expect);
    }
  }
}
