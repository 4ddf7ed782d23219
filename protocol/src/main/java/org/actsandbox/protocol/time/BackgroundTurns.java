package org.actsandbox.protocol.time;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What goes on in a world after the request that began it was answered: the buyer agent's turns. An
 * order to a stopped clock waits until all of them rest, so that two runs of one script do
 * everything in the same order.
 */
public final class BackgroundTurns {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<BackgroundTurn> going = new HashSet<>();
  private final Set<String> undecided = new HashSet<>();

  /** One that goes on until it is closed. */
  public final class BackgroundTurn implements AutoCloseable {

    private @Nullable String waitsFor;

    private BackgroundTurn() {}

    /** From now on it rests whenever {@code what} is known to be {@link #undecided}. */
    public void restUntilDecided(String what) {
      change(() -> waitsFor = what);
    }

    public void resume() {
      change(() -> waitsFor = null);
    }

    @Override
    public void close() {
      change(() -> going.remove(this));
    }
  }

  /** To be called before the answer to the request that begins it. */
  public BackgroundTurn beginTurn() {
    var backgroundTurn = new BackgroundTurn();
    change(() -> going.add(backgroundTurn));
    return backgroundTurn;
  }

  /** Somebody waits for it at whoever decides it, and it is not decided. */
  public void markUndecided(String what) {
    change(() -> undecided.add(what));
  }

  /** To be called before anybody can see the decision. */
  public void markDecided(String what) {
    change(() -> undecided.remove(what));
  }

  /** False when somebody was still at work after {@code patience}, which is real time. */
  public boolean awaitAllResting(Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!atRest() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return atRest();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean atRest() {
    return going.stream()
        .allMatch(
            backgroundTurn ->
                backgroundTurn.waitsFor != null && undecided.contains(backgroundTurn.waitsFor));
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
