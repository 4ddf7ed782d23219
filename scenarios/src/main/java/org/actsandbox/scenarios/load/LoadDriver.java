package org.actsandbox.scenarios.load;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.actsandbox.protocol.http.Unanswered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs complete purchases at a fixed concurrency, each worker starting its next when one is done.
 */
public final class LoadDriver {

  private static final Logger LOG = LoggerFactory.getLogger(LoadDriver.class);

  /** A purchase slower than a minute counts as one of a minute. */
  private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(1);

  private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
  private final Map<String, String> examples = new ConcurrentHashMap<>();
  private final Histogram micros = new ConcurrentHistogram(MAX_MICROS, 3);

  /** What one run measured, without the server's memory. */
  record Measured(long done, double seconds, Histogram micros, long errors) {}

  /**
   * @param first number of the first flow; another range wants other things
   */
  Measured run(Errand purchase, long first, long flows, int concurrency, Clock clock)
      throws InterruptedException {
    micros.reset();
    failures.clear();
    var next = new AtomicLong(first);
    long start = clock.millis();
    try (var workers = Executors.newFixedThreadPool(concurrency)) {
      var running =
          java.util.stream.IntStream.range(0, concurrency)
              .mapToObj(_ -> workers.submit(() -> work(purchase, next, first + flows)))
              .toList();
      for (var worker : running) {
        try {
          worker.get();
        } catch (ExecutionException bug) {
          throw new IllegalStateException("a load worker died", bug.getCause());
        }
      }
    }
    double seconds = Math.max(1, clock.millis() - start) / 1000.0;
    long errors = failures.values().stream().mapToLong(AtomicLong::get).sum();
    return new Measured(flows - errors, seconds, micros.copy(), errors);
  }

  /** Failures by step and status with one example each. */
  Map<String, String> failures() {
    Map<String, String> summary = new TreeMap<>();
    failures.forEach(
        (kind, count) -> summary.put(kind, count + "x, such as " + examples.get(kind)));
    return summary;
  }

  private void work(Errand purchase, AtomicLong next, long end) {
    for (long flow = next.getAndIncrement(); flow < end; flow = next.getAndIncrement()) {
      long start = System.nanoTime();
      try {
        purchase.buy(flow);
        micros.recordValue(Math.min(MAX_MICROS, (System.nanoTime() - start) / 1000));
      } catch (FlowFailed failed) {
        count(failed.kind(), String.valueOf(failed.getMessage()));
      } catch (Unanswered cut) {
        LOG.debug("a purchase was cut", cut);
        count("no answer", cut.toString());
      }
    }
  }

  private void count(String kind, String example) {
    failures.computeIfAbsent(kind, _ -> new AtomicLong()).incrementAndGet();
    examples.putIfAbsent(kind, example);
  }
}
