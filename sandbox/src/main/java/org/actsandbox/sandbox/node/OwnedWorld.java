package org.actsandbox.sandbox.node;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the requests inside a world of this node, and lets none in while the world moves. */
public final class OwnedWorld {

  private final String name;
  private final long fence;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private int inside;
  private boolean moving;

  OwnedWorld(String name, long fence) {
    this.name = name;
    this.fence = fence;
  }

  public String name() {
    return name;
  }

  /** Returns the number of the lease with which this node owns the world. */
  long fence() {
    return fence;
  }

  boolean enter(boolean fromInside) {
    lock.lock();
    try {
      if (moving && !fromInside) {
        return false;
      }
      inside++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  public void leave() {
    lock.lock();
    try {
      inside--;
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return inside == 0 && !moving;
    } finally {
      lock.unlock();
    }
  }

  boolean isMoving() {
    lock.lock();
    try {
      return moving;
    } finally {
      lock.unlock();
    }
  }

  /** Starts a move; false if one is under way. */
  boolean startMove() {
    lock.lock();
    try {
      boolean first = !moving;
      moving = true;
      return first;
    } finally {
      lock.unlock();
    }
  }

  void endMove() {
    lock.lock();
    try {
      moving = false;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no request is inside, at most {@code maxMillis}. */
  boolean awaitEmpty(long maxMillis) {
    lock.lock();
    try {
      long wait = TimeUnit.MILLISECONDS.toNanos(maxMillis);
      while (inside > 0 && wait > 0) {
        wait = left.awaitNanos(wait);
      }
      return inside == 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
