package org.actsandbox.scenarios.play;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Holds a play before each step, for its pace or for a viewer who paused it. */
final class StepGate {

  /**
   * Limits in real time how long a play may be paused; a forgotten one must not keep its place for
   * ever.
   */
  static final Duration MAX_PAUSE = Duration.ofMinutes(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean paused;
  private boolean stopped;
  private int steps;
  private Duration pace;

  StepGate(PlayPace playPace) {
    this.pace = playPace.beforeEachStep();
  }

  void pause() {
    change(() -> paused = true);
  }

  void resume() {
    change(
        () -> {
          paused = false;
          steps = 0;
        });
  }

  /** Lets one step through and then waits again; pauses a running play. */
  void step() {
    change(
        () -> {
          paused = true;
          steps++;
        });
  }

  void setPace(PlayPace other) {
    change(() -> pace = other.beforeEachStep());
  }

  void stop() {
    change(() -> stopped = true);
  }

  boolean isPaused() {
    lock.lock();
    try {
      return paused && steps == 0;
    } finally {
      lock.unlock();
    }
  }

  boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the next step may be played; returns false if the play is to end, also because it
   * was paused too long.
   */
  boolean awaitNextStep() {
    lock.lock();
    try {
      long announced = System.nanoTime();
      while (!stopped) {
        if (steps > 0) {
          steps--;
          return true;
        }
        long left = (paused ? MAX_PAUSE : pace).toNanos() - (System.nanoTime() - announced);
        if (left <= 0) {
          stopped = paused;
          return !paused;
        }
        changed.await(left, TimeUnit.NANOSECONDS);
      }
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stopped = true;
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
