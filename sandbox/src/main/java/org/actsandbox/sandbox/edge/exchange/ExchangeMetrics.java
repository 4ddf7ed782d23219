package org.actsandbox.sandbox.edge.exchange;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.refusal.Problem;
import org.springframework.stereotype.Component;

/** Counts and times the exchanges at the edge by operation, and the refusals by code. */
@Component
public class ExchangeMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
  private final Map<Problem, Counter> refusals = new ConcurrentHashMap<>();

  ExchangeMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  private record Key(String operation, String status) {}

  /**
   * Counts an exchange between participants.
   *
   * @param operation short name from the table of operations; empty for an unknown address
   * @param status HTTP status of the answer; 0 when the caller got none
   */
  void exchange(String operation, int status, Duration took) {
    var key = new Key(operation.isEmpty() ? "unknown" : operation, statusClass(status));
    timers.computeIfAbsent(key, this::timer).record(took);
  }

  void refused(Problem problem) {
    refusals.computeIfAbsent(problem, this::counter).increment();
  }

  private Timer timer(Key key) {
    return Timer.builder("act.exchange")
        .description("Exchanges between participants, by operation and class of status")
        .tag("operation", key.operation())
        .tag("status", key.status())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Counter counter(Problem problem) {
    return Counter.builder("act.refusals")
        .description("Requests that were refused, by the code of the problem")
        .tag("code", problem.code())
        .register(registry);
  }

  private static String statusClass(int status) {
    return status == 0 ? "none" : status == 402 ? "402" : status / 100 + "xx";
  }
}
