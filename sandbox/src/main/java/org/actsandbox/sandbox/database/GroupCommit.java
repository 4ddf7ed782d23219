package org.actsandbox.sandbox.database;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was committed to the file, for everybody who waits at once. A write that starts after
 * a commit covers it, so whoever commits while one is under way shares the next.
 */
final class GroupCommit implements AutoCloseable {

  /**
   * Writing takes at most half of the time while a write takes up to three milliseconds: a quiet
   * server answers soon, and the longer writes take under load, the more commits each covers, for a
   * write costs about the same for one as for twenty. The first after a pause starts at once.
   */
  private static final int TIMES_ITSELF = 2;

  private static final long LEAST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(6);

  private final Runnable write;
  private final BooleanSupplier isGone;
  private final Consumer<Throwable> broken;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private final Condition written = lock.newCondition();
  private final Condition interval = lock.newCondition();
  private final Thread writer;
  private long requested;
  private long done;
  private long lastStart = System.nanoTime() - MOST_NANOS;
  private long lastTook;
  private long writes;
  private boolean closed;
  private @Nullable RuntimeException failure;

  /**
   * @param write hands everything committed so far to the file
   */
  GroupCommit(Runnable write) {
    this(write, () -> false, _ -> {});
  }

  /**
   * @param isGone whether the store is closed for good, which no later statement changes
   * @param broken told when a write failed or the store is gone: nothing is acknowledged afterwards
   */
  GroupCommit(Runnable write, BooleanSupplier isGone, Consumer<Throwable> broken) {
    this.write = write;
    this.isGone = isGone;
    this.broken = broken;
    this.writer = Thread.ofPlatform().name("group-commit").daemon().start(this::work);
  }

  /**
   * Returns when everything the caller committed is in the file.
   *
   * @throws IllegalStateException if it could not be written: nothing may be acknowledged then
   */
  void await() {
    lock.lock();
    try {
      long mine = ++requested;
      wanted.signal();
      while (done < mine && failure == null && !closed) {
        // An interrupt does not make the data less committed, and the wait is one write long.
        written.awaitUninterruptibly();
      }
      if (done < mine && failure == null) {
        // Closed: whoever still commits while the server stops writes on its own.
        write.run();
      } else if (done < mine) {
        throw new IllegalStateException("the database file could not be written", failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A statement failed, perhaps because the store is gone; not when the server closes it. */
  void failed(Throwable cause) {
    if (isGone.getAsBoolean() && !isClosed()) {
      broken.accept(cause);
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

  /** Waits for the rest of the interval, lock released, while others commit. */
  private void gather() {
    long left = lastStart + apart(lastTook) - System.nanoTime();
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

  /** From the start of a write that took {@code nanos} to the start of the next. */
  static long apart(long nanos) {
    return Math.clamp(TIMES_ITSELF * nanos, LEAST_NANOS, MOST_NANOS);
  }

  private void writeFor(long covered) {
    lock.unlock();
    RuntimeException failed = null;
    try {
      write.run();
    } catch (RuntimeException cannot) {
      failed = cannot;
    } finally {
      lock.lock();
    }
    if (failed == null) {
      done = covered;
      lastTook = System.nanoTime() - lastStart;
      writes++;
    } else {
      failure = failed;
      broken.accept(failed);
    }
    written.signalAll();
  }
}
