package org.actsandbox.sandbox.world;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the requests inside a world and admits none once it is closed. */
final class WorldAdmission {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition requestLeft = lock.newCondition();
  private int inside;
  private boolean closed;

  boolean enter() {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      inside++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      inside--;
      requestLeft.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean closeIfEmpty() {
    lock.lock();
    try {
      closed |= inside == 0;
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Closes the world to new requests and waits for those inside, at most {@code maxMillis}. */
  void close(long maxMillis) {
    lock.lock();
    try {
      closed = true;
      long wait = TimeUnit.MILLISECONDS.toNanos(maxMillis);
      while (inside > 0 && wait > 0) {
        wait = requestLeft.awaitNanos(wait);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }
}
