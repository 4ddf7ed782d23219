package org.actsandbox.sandbox.world.clock;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.time.DueWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fires what is due, strictly in order of due time over all participants of a world. */
final class DueWorkRunner {

  private static final Logger log = LoggerFactory.getLogger(DueWorkRunner.class);

  /** Firings at one moment by one participant without getting past it: then it is left alone. */
  private static final int MAX_REPEATS = 20;

  /** Likewise, for one that fails. */
  private static final int MAX_FAILURES = 3;

  /** What happens around each firing. */
  interface FiringListener {

    /** Of a clock that runs by itself: it waits for nobody. */
    DueWorkRunner.FiringListener TICKING =
        new DueWorkRunner.FiringListener() {
          @Override
          public void arrive(Instant moment) {}

          @Override
          public void fire(DueWork work, Instant moment) {
            work.startDue(moment);
          }

          @Override
          public void rest() {}
        };

    /** Before the work of {@code moment} is fired. */
    void arrive(Instant moment);

    default void fire(DueWork work, Instant moment) {
      work.fireDue(moment);
    }

    /** After it: what it set going may have to end first. */
    void rest();
  }

  /**
   * @param complete false when something due is left: the bound was reached, or work failed
   */
  record Outcome(int fired, boolean complete, Optional<Instant> next) {}

  private final List<DueWork> works;
  private final Map<DueWork, Stuck> stuck = new HashMap<>();

  private record Stuck(Instant due, int times, int failures) {

    boolean isGivenUp() {
      return times >= MAX_REPEATS || failures >= MAX_FAILURES;
    }
  }

  private record Due(DueWork work, Instant at) {}

  DueWorkRunner(List<DueWork> works) {
    this.works = works;
  }

  /**
   * @param maxFirings bound for one call
   */
  Outcome fire(Instant target, DueWorkRunner.FiringListener firingListener, int maxFirings) {
    int fired = 0;
    while (fired < maxFirings) {
      var next = earliest();
      if (next.isEmpty() || next.get().at().isAfter(target)) {
        return new Outcome(fired, !anyGivenUp(), next.map(Due::at));
      }
      firingListener.arrive(next.get().at());
      fire(next.get(), firingListener);
      firingListener.rest();
      fired++;
    }
    return new Outcome(fired, false, earliest().map(Due::at));
  }

  Optional<Instant> next() {
    return earliest().map(Due::at);
  }

  private Optional<Due> earliest() {
    Due first = null;
    for (var work : works) {
      var at = due(work);
      if (at.isPresent()
          && !givenUp(work, at.get())
          && (first == null || at.get().isBefore(first.at()))) {
        first = new Due(work, at.get());
      }
    }
    return Optional.ofNullable(first);
  }

  private static Optional<Instant> due(DueWork work) {
    try {
      return work.nextDue();
    } catch (RuntimeException failed) {
      log.error("due work {} cannot say when it is due", work.getClass().getSimpleName(), failed);
      return Optional.empty();
    }
  }

  private void fire(Due due, DueWorkRunner.FiringListener firingListener) {
    var before = stuck.get(due.work());
    var known =
        before != null && before.due().equals(due.at()) ? before : new Stuck(due.at(), 0, 0);
    int failures = known.failures();
    try {
      firingListener.fire(due.work(), due.at());
    } catch (RuntimeException failed) {
      // The others' work must still happen; this one is tried again at the next wake-up.
      log.error("due work {} failed", due.work().getClass().getSimpleName(), failed);
      failures++;
    }
    var now = new Stuck(due.at(), known.times() + 1, failures);
    stuck.put(due.work(), now);
    if (now.isGivenUp()) {
      log.warn("due work {} stays due at {}", due.work().getClass().getSimpleName(), due.at());
    }
  }

  private boolean anyGivenUp() {
    return stuck.values().stream().anyMatch(Stuck::isGivenUp);
  }

  private boolean givenUp(DueWork work, Instant at) {
    var last = stuck.get(work);
    return last != null && last.isGivenUp() && last.due().equals(at);
  }
}
