package org.actsandbox.sandbox.psp.payment;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Lets queries wait until a payment was decided. In real time: a stopped world's clock must not
 * hold a connection for ever. Callers are virtual threads, so waiting costs no platform thread.
 */
public final class Waiters {

  static final int MAX_WAITING = 2_000;
  public static final Duration LONGEST = Duration.ofSeconds(25);

  /** Looks again this often, in case another server decided. */
  private static final Duration SLICE = Duration.ofSeconds(3);

  private final Semaphore places = new Semaphore(MAX_WAITING);
  private final ConcurrentMap<String, CountDownLatch> signals = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * The first value that is {@code decided}, or what there is after {@code longest}. When too many
   * wait already the answer comes at once.
   */
  public <T> T await(String tradeNo, Duration longest, Supplier<T> query, Predicate<T> decided) {
    var found = query.get();
    if (longest.isZero() || decided.test(found) || closed || !places.tryAcquire()) {
      return found;
    }
    try {
      return waitFor(tradeNo, longest, query, decided, found);
    } finally {
      places.release();
      signals.remove(tradeNo);
    }
  }

  public void wake(String tradeNo) {
    var signal = signals.remove(tradeNo);
    if (signal != null) {
      signal.countDown();
    }
  }

  /** Everybody gets what there is. */
  public void close() {
    closed = true;
    signals.values().forEach(CountDownLatch::countDown);
  }

  private <T> T waitFor(
      String tradeNo, Duration longest, Supplier<T> query, Predicate<T> decided, T first) {
    var left = longest;
    var found = first;
    while (!decided.test(found) && left.isPositive() && !closed) {
      var signal = signals.computeIfAbsent(tradeNo, _ -> new CountDownLatch(1));
      // Registered first, read afterwards: a decision in between is not missed.
      found = query.get();
      if (decided.test(found)) {
        return found;
      }
      var slice = left.compareTo(SLICE) < 0 ? left : SLICE;
      if (interrupted(signal, slice)) {
        return found;
      }
      left = left.minus(slice);
      found = query.get();
    }
    return found;
  }

  private static boolean interrupted(CountDownLatch signal, Duration slice) {
    try {
      boolean signalled = signal.await(slice.toMillis(), TimeUnit.MILLISECONDS);
      return !signalled && Thread.currentThread().isInterrupted();
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
