package org.actsandbox.agent.wire;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.actsandbox.protocol.time.BackgroundTurns.BackgroundTurn;
import org.jspecify.annotations.Nullable;

/**
 * Tells a running turn to stop at its next pause.
 *
 * <p>It is a signal instead of {@link Thread#interrupt()}, because an interrupt that hits a thread
 * inside a database call closes the H2 file for all threads.
 */
public final class StopSignal {

  /**
   * Bound while a turn runs. It is unbound while orders are given back, because nothing stops that.
   */
  public static final ScopedValue<StopSignal> CURRENT = ScopedValue.newInstance();

  private static final Executor CALLS = call -> Thread.ofVirtual().name("agent-call").start(call);

  private final CompletableFuture<Void> signal = new CompletableFuture<>();
  private volatile @Nullable BackgroundTurn backgroundTurn;

  /** Attaches the turn's background work, which must be resumed before the stop is signalled. */
  public void attach(BackgroundTurn turn) {
    backgroundTurn = turn;
  }

  public void signal() {
    var waiting = backgroundTurn;
    if (waiting != null) {
      waiting.resume();
    }
    signal.complete(null);
  }

  public boolean isSet() {
    return signal.isDone();
  }

  /**
   * Throws if the running turn was told to stop.
   *
   * @throws TurnStoppedException if it was
   */
  public static void throwIfStopped() {
    if (CURRENT.isBound() && CURRENT.get().isSet()) {
      throw new TurnStoppedException();
    }
  }

  /**
   * Waits, unless the turn is told to stop.
   *
   * @throws TurnStoppedException when told to, meanwhile or before
   */
  public static void pause(Duration wait) {
    var signal = CURRENT.isBound() ? CURRENT.get().signal : new CompletableFuture<Void>();
    try {
      signal.get(wait.toNanos(), TimeUnit.NANOSECONDS);
      throw new TurnStoppedException();
    } catch (TimeoutException over) {
      // The pause is over.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TurnStoppedException();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("a signal never fails", impossible);
    }
  }

  /**
   * Returns the result of a long call without effect. When the turn is told to stop, the call is
   * left to end by itself.
   *
   * @param decision the decision that the call waits for, by its id
   */
  public static <T> T callUnlessStopped(String decision, Supplier<T> call) {
    var backgroundTurn = CURRENT.isBound() ? CURRENT.get().backgroundTurn : null;
    if (backgroundTurn == null) {
      return callUnlessStopped(call);
    }
    backgroundTurn.restUntilDecided(decision);
    try {
      return callUnlessStopped(call);
    } finally {
      backgroundTurn.resume();
    }
  }

  /**
   * Returns the result of a long call for whose outcome nothing has to be given back. When the turn
   * is told to stop, the call is left to end by itself.
   *
   * @throws TurnStoppedException if the turn is told to stop
   */
  public static <T> T callUnlessStopped(Supplier<T> call) {
    if (!CURRENT.isBound()) {
      return call.get();
    }
    var result = CompletableFuture.supplyAsync(call, CALLS);
    try {
      CompletableFuture.anyOf(result, CURRENT.get().signal).join();
      throwIfStopped();
      return result.join();
    } catch (CompletionException failed) {
      throwIfStopped();
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
