package org.actsandbox.sandbox.journal.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Holds the entries that wait for the journal writer, bounded by number and bytes. When it is full,
 * the thread that adds an entry waits; no entry is ever dropped.
 */
final class WriteQueue {

  static final int MAX_ENTRIES = 16_384;
  static final long MAX_BYTES = 48L * 1024 * 1024;

  /** Time between two batches: an entry stored together with others costs less than half. */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /**
   * Time between two batches under load: the fewer blocks a purchase is in, the fewer ids are
   * stored.
   */
  private static final long BUSY_GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Number of entries that arrive in {@link #GATHER_NANOS} at some forty purchases a second. */
  private static final int BUSY = 24;

  /** Number of entries that fill a block; waiting for more gains nothing. */
  private static final int FULL_BATCH = JournalBlock.MAX_ENTRIES;

  /** Holds an entry and the channel that it belongs to. */
  record Item(JournalChannel channel, PendingEntry pending) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition gathered = lock.newCondition();
  private final Condition freed = lock.newCondition();
  private final Condition written = lock.newCondition();
  private final ArrayDeque<Item> items = new ArrayDeque<>();
  private final LongSupplier nanos;
  private long bytes;
  private boolean urgent;
  private long lastTaken;

  /** Time since which at least one entry has been waiting without a pause. */
  private long busySince;

  private long taken;
  private long done;

  /**
   * @param nanos clock such as {@link System#nanoTime}
   */
  WriteQueue(LongSupplier nanos) {
    this.nanos = nanos;
    this.lastTaken = nanos.getAsLong() - GATHER_NANOS;
  }

  boolean offer(Item item) {
    lock.lock();
    try {
      if (full()) {
        return false;
      }
      add(item);
      return true;
    } finally {
      lock.unlock();
    }
  }

  void put(Item item) {
    lock.lock();
    try {
      while (full()) {
        freed.awaitUninterruptibly();
      }
      add(item);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for entries to write, at most {@code maxMillis}; empty when none came. Soon after the
   * last batch it waits a little for more entries, unless a reader waits.
   */
  List<Item> take(int max, long maxMillis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(maxMillis);
      while (items.isEmpty() && left > 0) {
        left = filled.awaitNanos(left);
      }
      gather();
      var batch = new ArrayList<Item>(Math.min(max, items.size()));
      while (batch.size() < max && !items.isEmpty()) {
        var item = items.removeFirst();
        batch.add(item);
      }
      taken += batch.size();
      urgent = urgent && !items.isEmpty();
      lastTaken = nanos.getAsLong();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reports that the batch is stored. Its room becomes free only now, so that a slow disk slows the
   * writers down.
   */
  void done(List<Item> batch) {
    lock.lock();
    try {
      done += batch.size();
      for (var item : batch) {
        bytes -= item.pending().weight();
      }
      busySince = nanos.getAsLong();
      freed.signalAll();
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of entries that are noted and not stored, those being written included. */
  int waiting() {
    lock.lock();
    try {
      return Math.toIntExact(taken - done) + items.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the age of the oldest entry that is not stored, in nanoseconds; 0 when all are. */
  long lagNanos() {
    lock.lock();
    try {
      return taken == done && items.isEmpty() ? 0 : nanos.getAsLong() - busySince;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything noted before this call is stored; false if that took too long. */
  boolean awaitWritten(long maxMillis) throws InterruptedException {
    lock.lock();
    try {
      long target = taken + items.size();
      urgent = true;
      gathered.signal();
      long left = TimeUnit.MILLISECONDS.toNanos(maxMillis);
      while (done < target && left > 0) {
        left = written.awaitNanos(left);
      }
      return done >= target;
    } finally {
      lock.unlock();
    }
  }

  private void gather() throws InterruptedException {
    while (!urgent && !items.isEmpty() && items.size() < FULL_BATCH && !full()) {
      long whole = items.size() >= BUSY ? BUSY_GATHER_NANOS : GATHER_NANOS;
      long left = lastTaken + whole - nanos.getAsLong();
      if (left <= 0) {
        return;
      }
      var _ = gathered.awaitNanos(left);
    }
  }

  private boolean full() {
    return items.size() >= MAX_ENTRIES || bytes >= MAX_BYTES;
  }

  private void add(Item item) {
    items.addLast(item);
    bytes += item.pending().weight();
    if (items.size() == 1) {
      if (taken == done) {
        busySince = nanos.getAsLong();
      }
      filled.signal();
    }
    if (items.size() >= FULL_BATCH || full()) {
      gathered.signal();
    }
  }
}
