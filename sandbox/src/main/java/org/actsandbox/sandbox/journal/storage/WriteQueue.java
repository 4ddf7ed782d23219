package org.actsandbox.sandbox.journal.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What waits for the journal writer, bounded by number and bytes: when it is full, whoever notes
 * waits. Nothing is ever dropped.
 */
final class WriteQueue {

  static final int MAX_ENTRIES = 16_384;
  static final long MAX_BYTES = 48L * 1024 * 1024;

  /** Between two batches: entries that are stored together cost less than half. */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /** Likewise while much happens: the fewer blocks a purchase is in, the fewer ids are stored. */
  private static final long BUSY_GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** What comes in {@link #GATHER_NANOS} when some forty purchases a second are made. */
  private static final int BUSY = 24;

  /** That many make a good block; nothing is gained by more. */
  private static final int GATHERED = JournalBlock.MAX_ENTRIES;

  /** An entry and where it belongs. */
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

  /** The moment since which something has been waiting without a pause. */
  private long settledAt;

  private long taken;
  private long done;

  /**
   * @param nanos as {@link System#nanoTime}
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
   * Waits for something to write, at most {@code maxMillis}; empty when nothing came. Soon after
   * the last batch it waits a little for more to come with it, unless a reader waits.
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

  /** The batch is stored; its room is free again only now, so that a slow disk is felt. */
  void done(List<Item> batch) {
    lock.lock();
    try {
      done += batch.size();
      for (var item : batch) {
        bytes -= item.pending().weight();
      }
      settledAt = nanos.getAsLong();
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
      return taken == done && items.isEmpty() ? 0 : nanos.getAsLong() - settledAt;
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
    while (!urgent && !items.isEmpty() && items.size() < GATHERED && !full()) {
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
        settledAt = nanos.getAsLong();
      }
      filled.signal();
    }
    if (items.size() >= GATHERED || full()) {
      gathered.signal();
    }
  }
}
