package org.actsandbox.scenarios.load;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.actsandbox.protocol.cost.ProtocolCost;
import org.actsandbox.protocol.http.NoAnswerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs complete purchases with a fixed number of workers. Each worker starts its next purchase when
 * one is done or, with a rate, when the next is due; or all purchases take the same step before the
 * first takes the next step.
 */
final class LoadDriver {

  private static final Logger LOG = LoggerFactory.getLogger(LoadDriver.class);

  /** Limits measured times: a longer time counts as a minute. */
  private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(1);

  private final List<LoadPurchase.Step> steps;
  private final int concurrency;
  private final Clock clock;
  private final ProtocolCost.CostCount ownCost = new ProtocolCost.CostCount();
  private final LongAdder ownAllocation = new LongAdder();
  private final LongAdder ownProcessorNanos = new LongAdder();
  private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
  private final Map<String, String> examples = new ConcurrentHashMap<>();

  LoadDriver(List<LoadPurchase.Step> steps, int concurrency, Clock clock) {
    this.steps = List.copyOf(steps);
    this.concurrency = concurrency;
    this.clock = clock;
  }

  /** Holds the request times of one step of all purchases. */
  record TimedStep(LoadPurchase.Step step, Histogram micros) {

    void prepare(LoadPurchase loadPurchase) {
      step.prepare().accept(loadPurchase);
    }
  }

  /**
   * Holds what one run measured; histograms are in microseconds.
   *
   * @param done the number of completed purchases
   * @param errors the number of purchases that ended early
   * @param whole the times of whole purchases; empty if they went step by step
   * @param bySteps the times of each request, in the order of the steps
   */
  record Measurement(
      long done, double seconds, long errors, Histogram whole, List<TimedStep> bySteps) {}

  /**
   * Runs each purchase from its first step to its last; a worker starts the next when one is done.
   *
   * @param first the number of the first purchase; other numbers buy other things
   */
  Measurement runToEnd(long first, int count) throws InterruptedException {
    return runToEnd(first, count, at -> System.nanoTime());
  }

  /**
   * Runs each purchase from its first step to its last and starts {@code perSecond} of them a
   * second as long as a worker is free. The time of a purchase counts from when it was due, so that
   * purchases that wait for a slow one do not look fast.
   */
  Measurement atRate(long first, int count, double perSecond) throws InterruptedException {
    long start = System.nanoTime();
    double apart = TimeUnit.SECONDS.toNanos(1) / perSecond;
    return runToEnd(first, count, at -> waitUntil(start + Math.round(at * apart)));
  }

  private static long waitUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return due;
  }

  /**
   * Runs each purchase from its first step to its last.
   *
   * @param beginning waits until the purchase of this index may begin, and returns the time in
   *     nanoseconds from which it counts
   */
  private Measurement runToEnd(long first, int count, IntToLongFunction beginning)
      throws InterruptedException {
    var timed = timed();
    var whole = histogram();
    long start = begin();
    inParallel(
        count,
        at -> {
          var loadPurchase = LoadPurchase.of(first + at);
          long began = beginning.applyAsLong(at);
          if (timed.stream().allMatch(step -> prepareAndRequest(step, loadPurchase))) {
            whole.recordValue(since(began));
          }
        });
    return measured(count, start, whole, timed);
  }

  /**
   * Runs each step for all purchases before the next step, which measures a step while no other
   * kind of request is under way.
   */
  Measurement stepByStep(long first, int count) throws InterruptedException {
    var timed = timed();
    var loadPurchases = LongStream.range(first, first + count).mapToObj(LoadPurchase::of).toList();
    long start = begin();
    for (var step : timed) {
      var all = loadPurchases;
      inParallel(all.size(), at -> step.prepare(all.get(at)));
      var done = ConcurrentHashMap.<LoadPurchase>newKeySet();
      inParallel(
          all.size(),
          at -> {
            if (request(step, all.get(at))) {
              done.add(all.get(at));
            }
          });
      loadPurchases = all.stream().filter(done::contains).toList();
    }
    return measured(count, start, histogram(), timed);
  }

  /** Returns the failures of the last run by step and status, with one example each. */
  Map<String, String> failures() {
    Map<String, String> summary = new TreeMap<>();
    failures.forEach(
        (kind, count) -> summary.put(kind, count + "x, such as " + examples.get(kind)));
    return summary;
  }

  private long begin() {
    failures.clear();
    examples.clear();
    return clock.millis();
  }

  private Measurement measured(int count, long start, Histogram whole, List<TimedStep> timed) {
    double seconds = Math.max(1, clock.millis() - start) / 1000.0;
    long errors = failures.values().stream().mapToLong(AtomicLong::get).sum();
    return new Measurement(count - errors, seconds, errors, whole, timed);
  }

  private void inParallel(int count, IntConsumer work) throws InterruptedException {
    var next = new AtomicInteger();
    Runnable worker =
        () -> {
          for (int at = next.getAndIncrement(); at < count; at = next.getAndIncrement()) {
            work.accept(at);
          }
        };
    try (var workers = Executors.newFixedThreadPool(concurrency)) {
      var running =
          IntStream.range(0, concurrency)
              .mapToObj(_ -> workers.submit(() -> countApart(worker)))
              .toList();
      for (var each : running) {
        try {
          each.get();
        } catch (ExecutionException bug) {
          throw new IllegalStateException("a load worker died", bug.getCause());
        }
      }
    }
  }

  private void countApart(Runnable worker) {
    long allocated = allocatedByThisThread();
    long processor = processorNanosOfThisThread();
    ProtocolCost.countApart(ownCost, worker);
    ownAllocation.add(allocatedByThisThread() - allocated);
    ownProcessorNanos.add(processorNanosOfThisThread() - processor);
  }

  private static long processorNanosOfThisThread() {
    var threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : 0;
  }

  private static long allocatedByThisThread() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
        ? threads.getCurrentThreadAllocatedBytes()
        : 0;
  }

  /** Returns what the workers have done themselves since the driver was made. */
  ServerCost ownCost() {
    var counts = new TreeMap<String, Double>();
    for (var cost : ProtocolCost.values()) {
      counts.put(cost.code(), (double) ownCost.of(cost));
    }
    counts.put("allocated_bytes", (double) ownAllocation.sum());
    counts.put("processor_ns", (double) ownProcessorNanos.sum());
    return new ServerCost(counts);
  }

  private boolean prepareAndRequest(TimedStep timed, LoadPurchase loadPurchase) {
    timed.prepare(loadPurchase);
    return request(timed, loadPurchase);
  }

  private boolean request(TimedStep timed, LoadPurchase loadPurchase) {
    long start = System.nanoTime();
    try {
      timed.step().request().accept(loadPurchase);
      timed.micros().recordValue(since(start));
      return true;
    } catch (LoadPurchaseFailed failed) {
      count(failed.kind(), String.valueOf(failed.getMessage()));
    } catch (NoAnswerException cut) {
      LOG.debug("a purchase was cut", cut);
      count("no answer", cut.toString());
    }
    return false;
  }

  private void count(String kind, String example) {
    failures.computeIfAbsent(kind, _ -> new AtomicLong()).incrementAndGet();
    examples.putIfAbsent(kind, example);
  }

  private List<TimedStep> timed() {
    return steps.stream().map(step -> new TimedStep(step, histogram())).toList();
  }

  private static Histogram histogram() {
    return new ConcurrentHistogram(MAX_MICROS, 3);
  }

  private static long since(long start) {
    return Math.min(MAX_MICROS, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
  }
}
