package org.actsandbox.sandbox.database;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes committed changes to the file with one write for all waiting commits. A write covers every
 * commit before its start, so commits during a write share the next one.
 */
final class GroupCommit implements AutoCloseable {

  /**
   * Ratio of the interval between writes to the duration of a write. Writing takes at most half of
   * the time while a write takes up to three milliseconds: a quiet server answers soon, and the
   * longer writes take under load, the more commits each covers, because a write costs about the
   * same for one commit as for twenty. The first write after a pause starts at once.
   */
  private static final int INTERVAL_FACTOR = 2;

  private static final long MIN_INTERVAL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long MAX_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(6);

  private final Runnable write;
  private final BooleanSupplier isGone;
  private final Consumer<Throwable> onFailure;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private final Condition written = lock.newCondition();
  private final Condition interval = lock.newCondition();
  private final Thread writer;
  private long requested;
  private long done;
  private long lastStart = System.nanoTime() - MAX_INTERVAL_NANOS;
  private long lastTook;
  private long writes;
  private boolean closed;
  private @Nullable Throwable failure;

  /**
   * @param write writes everything committed so far to the file
   */
  GroupCommit(Runnable write) {
    this(write, () -> false, _ -> {});
  }

  /**
   * @param isGone says whether the store is closed for good, which no later statement changes
   * @param onFailure called when a write failed or the store is gone; after that nothing is
   *     acknowledged
   */
  GroupCommit(Runnable write, BooleanSupplier isGone, Consumer<Throwable> onFailure) {
    this.write = write;
    this.isGone = isGone;
    this.onFailure = onFailure;
    this.writer = Thread.ofPlatform().name("group-commit").daemon().start(this::work);
  }

  /**
   * Returns when everything that the caller committed is in the file.
   *
   * @throws IllegalStateException if it could not be written: the caller must not acknowledge
   *     anything then
   */
  void await() {
    lock.lock();
    try {
      long mine = ++requested;
      wanted.signal();
      while (done < mine && failure == null && !closed) {
        // An interrupt does not undo the commit, and the wait is one write long.
        written.awaitUninterruptibly();
      }
      if (done < mine && failure == null) {
        // Closed: a commit while the server stops writes on its own.
        write.run();
      } else if (done < mine) {
        throw new IllegalStateException("the database file could not be written", failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reports a failed statement. If the store is gone, the server ends, unless the server itself has
   * closed the store.
   */
  void failed(Throwable cause) {
    if (isGone.getAsBoolean() && !isClosed()) {
      onFailure.accept(cause);
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of writes since the start. */
  long writes() {
    lock.lock();
    try {
      return writes;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of commits that have waited since the start. */
  long commits() {
    lock.lock();
    try {
      return done;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how long the last write took, in nanoseconds. */
  long lastWriteNanos() {
    lock.lock();
    try {
      return lastTook;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wanted.signal();
      interval.signal();
    } finally {
      lock.unlock();
    }
    try {
      writer.join();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    lock.lock();
    try {
      while (failure == null && (!closed || requested > done)) {
        if (requested == done) {
          wanted.awaitUninterruptibly();
        } else {
          gather();
          writeFor(requested);
        }
      }
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the rest of the interval, with the lock released, while others commit. */
  private void gather() {
    long left = lastStart + intervalNanos(lastTook) - System.nanoTime();
    while (left > 0 && !closed) {
      try {
        left = interval.awaitNanos(left);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    lastStart = System.nanoTime();
  }

  /**
   * Returns the time from the start of a write that took {@code nanos} to the start of the next.
   */
  static long intervalNanos(long nanos) {
    return Math.clamp(INTERVAL_FACTOR * nanos, MIN_INTERVAL_NANOS, MAX_INTERVAL_NANOS);
  }

  /** Writes, and returns why it could not: after an error, too, no caller may wait for ever. */
  private @Nullable Throwable write() {
    try {
      write.run();
      return null;
    } catch (RuntimeException | Error cannot) {
      return cannot;
    }
  }

  private void writeFor(long covered) {
    lock.unlock();
    var failed = write();
    lock.lock();
    if (failed == null) {
      done = covered;
      lastTook = System.nanoTime() - lastStart;
      writes++;
    } else {
      failure = failed;
      onFailure.accept(failed);
    }
    written.signalAll();
  }
}
