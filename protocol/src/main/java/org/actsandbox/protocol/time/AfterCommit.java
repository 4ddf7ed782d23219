package org.actsandbox.protocol.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/**
 * Work that follows a commit, such as telling somebody, and whose row waits for {@link DueWork}.
 *
 * <p>While the world's clock runs, the work starts at once in the background. While the clock
 * stands still nothing happens by itself: the row is due now, and the next order to the clock does
 * the work, in order and on its own thread.
 */
public final class AfterCommit {

  private final WakeUpSchedule wakeUpSchedule;
  private final Semaphore places;
  private volatile boolean closed;

  /**
   * @param atOnce pieces of work side by side; what finds no place is left to its row
   */
  public AfterCommit(WakeUpSchedule wakeUpSchedule, int atOnce) {
    this.wakeUpSchedule = wakeUpSchedule;
    this.places = new Semaphore(atOnce);
  }

  /**
   * When the work's row falls due.
   *
   * @param patience what the start in the background gets before the row is looked at
   */
  public Instant rowDueAt(Instant now, Duration patience) {
    return wakeUpSchedule.isStopped() ? now : now.plus(patience);
  }

  /** To be called after the commit. False when the work is left to its row. */
  public boolean start(String name, Runnable work) {
    if (closed || wakeUpSchedule.isStopped() || !places.tryAcquire()) {
      return false;
    }
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                work.run();
              } finally {
                places.release();
              }
            });
    return true;
  }

  /** Nothing starts any more; what is left undone stays in its row. */
  public void close() {
    closed = true;
  }

  public boolean isClosed() {
    return closed;
  }
}
