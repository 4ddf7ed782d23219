package org.actsandbox.protocol.time;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the activities that continue in a world after their request was answered: the turns of the
 * buyer agent. An order to a stopped clock waits until all of them rest, so that two runs of one
 * script do everything in the same order.
 */
public final class BackgroundTurns {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<BackgroundTurn> active = new HashSet<>();
  private final Set<String> undecided = new HashSet<>();

  /** One background activity, which is active until it is closed. */
  public final class BackgroundTurn implements AutoCloseable {

    private @Nullable String waitsFor;

    private BackgroundTurn() {}

    /** Lets the turn rest from now on, as long as {@code what} is marked as undecided. */
    public void restUntilDecided(String what) {
      change(() -> waitsFor = what);
    }

    public void resume() {
      change(() -> waitsFor = null);
    }

    @Override
    public void close() {
      change(() -> active.remove(this));
    }
  }

  /** Begins a turn. Call it before the request that begins the turn is answered. */
  public BackgroundTurn beginTurn() {
    var turn = new BackgroundTurn();
    change(() -> active.add(turn));
    return turn;
  }

  /** Marks that a caller waits for a decision that is not made yet. */
  public void markUndecided(String what) {
    change(() -> undecided.add(what));
  }

  /** Marks that the decision is made. Call it before any participant can see the decision. */
  public void markDecided(String what) {
    change(() -> undecided.remove(what));
  }

  /**
   * Waits until all turns rest.
   *
   * @param patience the longest wait, in real time
   * @return false if a turn was still active after that time
   */
  public boolean awaitAllResting(Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!allRest() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return allRest();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean allRest() {
    return active.stream()
        .allMatch(turn -> turn.waitsFor != null && undecided.contains(turn.waitsFor));
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
