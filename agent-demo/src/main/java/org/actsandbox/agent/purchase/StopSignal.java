package org.actsandbox.agent.purchase;

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
 * Tells a turn to stop, at its next pause.
 *
 * <p>A signal instead of {@link Thread#interrupt()}: an interrupt that hits a thread inside a
 * database call closes an H2 file for everybody.
 */
public final class StopSignal {

  /** Bound while a turn runs; unbound where things are given back, which nothing stops. */
  public static final ScopedValue<StopSignal> CURRENT = ScopedValue.newInstance();

  private static final Executor CALLS = call -> Thread.ofVirtual().name("agent-call").start(call);

  private final CompletableFuture<Void> signal = new CompletableFuture<>();
  private volatile @Nullable BackgroundTurn backgroundTurn;

  /** Of the turn's thread; what it waits for is told there. */
  public void strand(BackgroundTurn ofTurn) {
    backgroundTurn = ofTurn;
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
   * @throws TurnStoppedException if the running turn was told to stop
   */
  static void throwIfStopped() {
    if (CURRENT.isBound() && CURRENT.get().isSet()) {
      throw new TurnStoppedException();
    }
  }

  /**
   * @throws TurnStoppedException when told to, meanwhile or before
   */
  static void pause(Duration wait) {
    var signal = CURRENT.isBound() ? CURRENT.get().signal : new CompletableFuture<Void>();
    try {
      signal.get(wait.toNanos(), TimeUnit.NANOSECONDS);
      throw new TurnStoppedException();
    } catch (TimeoutException over) {
      // waited long enough
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TurnStoppedException();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("a signal never fails", impossible);
    }
  }

  /**
   * The result of a long call without effect; when told to stop, it is left to end by itself.
   *
   * @param decision what the call waits for
   */
  static <T> T callUnlessStopped(String decision, Supplier<T> call) {
    if (!CURRENT.isBound()) {
      return call.get();
    }
    var backgroundTurn = CURRENT.get().backgroundTurn;
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

  private static <T> T callUnlessStopped(Supplier<T> call) {
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
