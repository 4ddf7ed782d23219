package org.actsandbox.protocol.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts work in the background after a commit, such as sending a notification. The work also has a
 * row that waits for {@link DueWork}, so that it is not lost.
 *
 * <p>While the world's clock runs, the work starts at once in the background. While the clock is
 * stopped nothing starts by itself: the row is due now, and the next order to the clock does the
 * work, in order and on its own thread.
 */
public final class AfterCommit {

  private static final Logger log = LoggerFactory.getLogger(AfterCommit.class);

  private final WakeUpSchedule schedule;
  private final Semaphore slots;
  private volatile boolean closed;

  /**
   * @param maxConcurrent number of tasks that run at the same time; further work is left to its row
   */
  public AfterCommit(WakeUpSchedule schedule, int maxConcurrent) {
    this.schedule = schedule;
    this.slots = new Semaphore(maxConcurrent);
  }

  /**
   * Returns the time at which the work's row falls due.
   *
   * @param patience time for the work in the background before the row falls due
   */
  public Instant rowDueAt(Instant now, Duration patience) {
    return schedule.isStopped() ? now : now.plus(patience);
  }

  /**
   * Starts the work on a new virtual thread. Call it after the commit. Work that fails, because the
   * database does not answer for instance, is logged and left to its row.
   *
   * @return false if the work did not start and is left to its row
   */
  public boolean start(String name, Runnable work) {
    if (closed || schedule.isStopped() || !slots.tryAcquire()) {
      return false;
    }
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                work.run();
              } catch (RuntimeException failed) {
                log.warn("{} failed and will be done again when its row is due", name, failed);
              } finally {
                slots.release();
              }
            });
    return true;
  }

  /** Lets no more work start; work that was not done stays in its row. */
  public void close() {
    closed = true;
  }

  public boolean isClosed() {
    return closed;
  }
}
