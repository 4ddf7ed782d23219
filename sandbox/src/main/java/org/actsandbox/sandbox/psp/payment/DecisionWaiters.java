package org.actsandbox.sandbox.psp.payment;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.jspecify.annotations.Nullable;

/**
 * Lets queries wait until a payment is decided. They wait in real time, because a stopped world's
 * clock must not hold a connection for ever. Callers are virtual threads, so waiting costs no
 * platform thread.
 */
public final class DecisionWaiters {

  static final int MAX_WAITING = 2_000;
  public static final Duration MAX_WAIT = Duration.ofSeconds(25);

  /** The time between two queries, in case another server decided. */
  private static final Duration QUERY_INTERVAL = Duration.ofSeconds(3);

  private static final int STRIPES = 256;

  private final BackgroundTurns backgroundTurns;
  private final Duration queryInterval;
  private final Semaphore places = new Semaphore(MAX_WAITING);
  private final List<Stripe> stripes = Stream.generate(Stripe::new).limit(STRIPES).toList();
  private volatile boolean closed;

  public DecisionWaiters(BackgroundTurns backgroundTurns) {
    this(backgroundTurns, QUERY_INTERVAL);
  }

  DecisionWaiters(BackgroundTurns backgroundTurns, Duration queryInterval) {
    this.backgroundTurns = backgroundTurns;
    this.queryInterval = queryInterval;
  }

  /**
   * Holds the waiting queries of some payments by number. Race: a payment is queried and its waiter
   * registered under the lock that every announcement takes, and it is decided before it is
   * announced; so no announcement is missed.
   */
  private static final class Stripe {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Watch> watches = new HashMap<>();
    private final Map<String, Integer> holds = new HashMap<>();
  }

  /** Represents one payment that queries wait for. */
  private static final class Watch {
    private final CountDownLatch announced = new CountDownLatch(1);
    private int watchers;
  }

  /**
   * Returns the first value that is {@code decided} and announced, or the current one after {@code
   * longest}. When too many wait already, it returns at once.
   */
  public <T> T await(String tradeNo, Duration longest, Supplier<T> query, Predicate<T> decided) {
    if (longest.isZero() || !places.tryAcquire()) {
      return query.get();
    }
    try {
      return waitFor(tradeNo, longest, query, decided);
    } finally {
      places.release();
    }
  }

  /** Holds announcements of this payment back until {@link #release}. */
  public void hold(String tradeNo) {
    withStripe(tradeNo, stripe -> stripe.holds.merge(tradeNo, 1, Integer::sum));
  }

  /** Announces decisions that were held back. */
  public void release(String tradeNo) {
    withStripe(
        tradeNo,
        stripe -> {
          stripe.holds.computeIfPresent(tradeNo, (_, held) -> held == 1 ? null : held - 1);
          return announce(stripe, tradeNo);
        });
  }

  /**
   * Announces a decision after its commit; while the payment is held, {@link #release} announces
   * it.
   */
  public void wake(String tradeNo) {
    withStripe(tradeNo, stripe -> announce(stripe, tradeNo));
  }

  /** Ends all waits; the queries return the current values. */
  public void close() {
    closed = true;
    for (var stripe : stripes) {
      stripe.lock.lock();
      try {
        stripe.watches.values().forEach(watch -> watch.announced.countDown());
      } finally {
        stripe.lock.unlock();
      }
    }
  }

  private boolean announce(Stripe stripe, String tradeNo) {
    if (stripe.holds.containsKey(tradeNo)) {
      return false;
    }
    var watch = stripe.watches.remove(tradeNo);
    if (watch != null) {
      backgroundTurns.markDecided(tradeNo);
      watch.announced.countDown();
    }
    return true;
  }

  private <T> T waitFor(String tradeNo, Duration longest, Supplier<T> query, Predicate<T> decided) {
    long end = System.nanoTime() + longest.toNanos();
    while (true) {
      var result = withStripe(tradeNo, stripe -> query(stripe, tradeNo, query.get(), decided));
      var watch = result.watch();
      if (watch == null) {
        return result.found();
      }
      long left = end - System.nanoTime();
      boolean over =
          left <= 0 || closed || interrupted(watch, Math.min(left, queryInterval.toNanos()));
      leave(tradeNo, watch);
      if (over) {
        return result.found();
      }
    }
  }

  /**
   * Holds the current value of a query and the watch to wait for.
   *
   * @param watch absent when the payment is decided
   */
  private record QueryResult<T>(T found, @Nullable Watch watch) {}

  private <T> QueryResult<T> query(Stripe stripe, String tradeNo, T found, Predicate<T> decided) {
    boolean held = stripe.holds.containsKey(tradeNo);
    if (decided.test(found) && !held) {
      return new QueryResult<>(found, null);
    }
    var watch = stripe.watches.computeIfAbsent(tradeNo, _ -> new Watch());
    watch.watchers++;
    if (!held) {
      backgroundTurns.markUndecided(tradeNo);
    }
    return new QueryResult<>(found, watch);
  }

  private void leave(String tradeNo, Watch watch) {
    withStripe(
        tradeNo,
        stripe -> {
          boolean last = --watch.watchers == 0;
          if (last && stripe.watches.remove(tradeNo, watch)) {
            backgroundTurns.markDecided(tradeNo);
          }
          return last;
        });
  }

  private <R> R withStripe(String tradeNo, Function<Stripe, R> work) {
    var stripe = stripes.get(Math.floorMod(tradeNo.hashCode(), STRIPES));
    stripe.lock.lock();
    try {
      return work.apply(stripe);
    } finally {
      stripe.lock.unlock();
    }
  }

  private static boolean interrupted(Watch watch, long nanos) {
    try {
      boolean announced = watch.announced.await(nanos, TimeUnit.NANOSECONDS);
      return !announced && Thread.currentThread().isInterrupted();
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
