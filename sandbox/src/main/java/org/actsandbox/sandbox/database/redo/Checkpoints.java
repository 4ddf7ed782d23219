package org.actsandbox.sandbox.database.redo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.actsandbox.participant.RepeatableWork;

/**
 * Writes the log for {@link RepeatableWork}, which does not wait for it, and the H2 file from time
 * to time: the later, the fewer pages are written twice, and the longer a start takes after a
 * crash.
 */
public final class Checkpoints implements AutoCloseable {

  /** Time after which the file is written at the latest. */
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  /** Size of the log in bytes at which the file is written earlier. */
  private static final long MAX_LOG = 8 << 20;

  private final RedoLog redo;
  private final Consumer<Throwable> onFailure;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param onFailure called when the log or the file cannot be written; nothing is written after it
   */
  public Checkpoints(RedoLog redo, Consumer<Throwable> onFailure) {
    this.redo = redo;
    this.onFailure = onFailure;
    this.thread = Thread.ofPlatform().name("checkpoints").daemon().start(this::work);
  }

  private void work() {
    try {
      long last = System.nanoTime();
      while (!stopping.await(RepeatableWork.LONGEST_DELAY.toMillis(), TimeUnit.MILLISECONDS)) {
        redo.flush();
        long now = System.nanoTime();
        if (now - last >= INTERVAL.toNanos() || redo.size() >= MAX_LOG) {
          redo.checkpoint();
          last = now;
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error failed) {
      onFailure.accept(failed);
    }
  }

  @Override
  public void close() {
    // An interrupt would close the channel of the database file in the middle of a write.
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
