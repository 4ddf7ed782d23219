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
 * Lets queries wait until a payment was decided. In real time: a stopped world's clock must not
 * hold a connection for ever. Callers are virtual threads, so waiting costs no platform thread.
 */
public final class DecisionWaiters {

  static final int MAX_WAITING = 2_000;
  public static final Duration LONGEST = Duration.ofSeconds(25);

  /** Looks again this often, in case another server decided. */
  private static final Duration SLICE = Duration.ofSeconds(3);

  private static final int STRIPES = 256;

  private final BackgroundTurns backgroundTurns;
  private final Duration slice;
  private final Semaphore places = new Semaphore(MAX_WAITING);
  private final List<Stripe> stripes = Stream.generate(Stripe::new).limit(STRIPES).toList();
  private volatile boolean closed;

  public DecisionWaiters(BackgroundTurns backgroundTurns) {
    this(backgroundTurns, SLICE);
  }

  DecisionWaiters(BackgroundTurns backgroundTurns, Duration slice) {
    this.backgroundTurns = backgroundTurns;
    this.slice = slice;
  }

  /**
   * Payments by number. Race: a payment is looked at and waited for under the lock that every
   * announcement takes, and it is decided before it is announced; so no announcement is missed.
   */
  private static final class Stripe {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Watch> watches = new HashMap<>();
    private final Map<String, Integer> holds = new HashMap<>();
  }

  /** One payment that somebody waits for. */
  private static final class Watch {
    private final CountDownLatch announced = new CountDownLatch(1);
    private int watchers;
  }

  /**
   * The first value that is {@code decided} and announced, or what there is after {@code longest}.
   * When too many wait already the answer comes at once.
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

  /** Keeps what is decided from now on from whoever waits, until {@link #release}. */
  public void hold(String tradeNo) {
    in(tradeNo, stripe -> stripe.holds.merge(tradeNo, 1, Integer::sum));
  }

  /** Announces what was kept. */
  public void release(String tradeNo) {
    in(
        tradeNo,
        stripe -> {
          stripe.holds.computeIfPresent(tradeNo, (_, held) -> held == 1 ? null : held - 1);
          return announce(stripe, tradeNo);
        });
  }

  /** Announces a decision, after its commit; while it is held, the release does. */
  public void wake(String tradeNo) {
    in(tradeNo, stripe -> announce(stripe, tradeNo));
  }

  /** Everybody gets what there is. */
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
      var look = in(tradeNo, stripe -> look(stripe, tradeNo, query.get(), decided));
      var watch = look.watch();
      if (watch == null) {
        return look.found();
      }
      long left = end - System.nanoTime();
      boolean over = left <= 0 || closed || interrupted(watch, Math.min(left, slice.toNanos()));
      leave(tradeNo, watch);
      if (over) {
        return look.found();
      }
    }
  }

  /**
   * @param watch absent when there is nothing to wait for
   */
  private record Look<T>(T found, @Nullable Watch watch) {}

  private <T> Look<T> look(Stripe stripe, String tradeNo, T found, Predicate<T> decided) {
    boolean held = stripe.holds.containsKey(tradeNo);
    if (decided.test(found) && !held) {
      return new Look<>(found, null);
    }
    var watch = stripe.watches.computeIfAbsent(tradeNo, _ -> new Watch());
    watch.watchers++;
    if (!held) {
      backgroundTurns.markUndecided(tradeNo);
    }
    return new Look<>(found, watch);
  }

  private void leave(String tradeNo, Watch watch) {
    in(
        tradeNo,
        stripe -> {
          boolean last = --watch.watchers == 0;
          if (last && stripe.watches.remove(tradeNo, watch)) {
            backgroundTurns.markDecided(tradeNo);
          }
          return last;
        });
  }

  private <R> R in(String tradeNo, Function<Stripe, R> work) {
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
