package org.actsandbox.sandbox.database;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the dead space of the H2 file back while no caller writes, in short steps, and once more
 * when the server stops. Under load nothing is compacted: it would take time from requests, and
 * most of what it moved would be dead a moment later.
 */
final class FileCompaction implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FileCompaction.class);

  /** Time without a write after which the file is compacted. */
  private static final Duration REST = Duration.ofSeconds(2);

  /** Time between two steps, in which requests go first. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Limits the work at a stop; what is left is done after the next start. */
  private static final Duration AT_STOP = Duration.ofSeconds(3);

  private final BooleanSupplier step;
  private final LongSupplier commits;
  private final Duration rest;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param step does one step; false when a further one would gain nothing
   * @param commits returns the number of commits, which does not change while no caller writes
   */
  FileCompaction(BooleanSupplier step, LongSupplier commits) {
    this(step, commits, REST);
  }

  /**
   * @param rest time without a write after which the file is compacted
   */
  FileCompaction(BooleanSupplier step, LongSupplier commits, Duration rest) {
    this.step = step;
    this.commits = commits;
    this.rest = rest;
    this.thread = Thread.ofPlatform().name("file-compaction").daemon().start(this::run);
  }

  private void run() {
    try {
      long compacted = -1;
      long seen = commits.getAsLong();
      while (!isStoppedAfter(rest)) {
        long now = commits.getAsLong();
        if (now == seen && now != compacted && compactUntilWrite(now)) {
          compacted = now;
        }
        seen = commits.getAsLong();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits, and returns whether the server stops. */
  private boolean isStoppedAfter(Duration pause) throws InterruptedException {
    return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns whether all was done before the next write. */
  private boolean compactUntilWrite(long now) throws InterruptedException {
    while (commits.getAsLong() == now) {
      if (!step()) {
        return true;
      }
      if (isStoppedAfter(PAUSE)) {
        return false;
      }
    }
    return false;
  }

  private boolean step() {
    try {
      return step.getAsBoolean();
    } catch (MVStoreException failed) {
      // The store has closed itself if it is broken, and the next statement reports that.
      log.warn("the database file cannot be compacted now: {}", failed.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    // An interrupt would close the channel of the database file in the middle of a step.
    stopping.countDown();
    try {
      thread.join();
      long end = System.nanoTime() + AT_STOP.toNanos();
      while (System.nanoTime() < end && step()) {
        log.debug("compacting the database file at the stop");
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
