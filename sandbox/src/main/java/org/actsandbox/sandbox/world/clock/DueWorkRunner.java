package org.actsandbox.sandbox.world.clock;

import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.protocol.time.DueWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fires due work strictly in the order of due time over all participants of a world. */
final class DueWorkRunner {

  private static final Logger log = LoggerFactory.getLogger(DueWorkRunner.class);

  /** Number of firings of one work at the same due time after which the work is given up. */
  private static final int MAX_REPEATS = 20;

  /** Number of failures at the same due time after which the work is given up. */
  private static final int MAX_FAILURES = 3;

  /** Is told before and after each firing. */
  interface FiringListener {

    /** The listener of a running clock, which waits for no work to end. */
    DueWorkRunner.FiringListener RUNNING_CLOCK =
        new DueWorkRunner.FiringListener() {
          @Override
          public void beforeFiring(Instant moment) {}

          @Override
          public Optional<Instant> nextDue(DueWork work, Instant target) {
            return work.notBefore(target);
          }

          @Override
          public boolean asksAllAgain() {
            return false;
          }

          @Override
          public void fire(DueWork work, Instant moment) {
            work.startDue(moment);
          }

          @Override
          public void afterFiring() {}
        };

    /** Returns when the work falls due; a time after {@code target} may be too early. */
    default Optional<Instant> nextDue(DueWork work, Instant target) {
      return work.nextDue();
    }

    /**
     * Says whether work that was not fired may have become due by what was fired. The work of a
     * running clock asks for a wake-up of its own.
     */
    default boolean asksAllAgain() {
      return true;
    }

    /** Is called before the work of {@code moment} is fired. */
    void beforeFiring(Instant moment);

    default void fire(DueWork work, Instant moment) {
      work.fireDue(moment);
    }

    /** Is called after the firing; it may wait until the work that was started has ended. */
    void afterFiring();
  }

  /**
   * Holds the result of one call.
   *
   * @param complete false when some due work may be left: the limit was reached, or work failed, or
   *     could not say when it is due
   */
  record Outcome(int fired, boolean complete, Optional<Instant> next) {}

  private final List<DueWork> works;
  private final Map<DueWork, Attempts> attempts = new HashMap<>();

  /** Tells whether some work could not say when it is due. */
  private boolean unsaid;

  private record Attempts(Instant due, int times, int failures) {

    boolean isGivenUp() {
      return times >= MAX_REPEATS || failures >= MAX_FAILURES;
    }
  }

  private record Due(DueWork work, Instant at) {}

  DueWorkRunner(List<DueWork> works) {
    this.works = works;
  }

  /**
   * Fires the work that is due until {@code target}.
   *
   * @param maxFirings limit for this call
   */
  Outcome fire(Instant target, DueWorkRunner.FiringListener firingListener, int maxFirings) {
    int fired = 0;
    var answers = new IdentityHashMap<DueWork, Optional<Instant>>();
    Function<DueWork, Optional<Instant>> nextDue =
        work -> answers.computeIfAbsent(work, asked -> firingListener.nextDue(asked, target));
    while (fired < maxFirings) {
      var next = earliest(nextDue);
      if (next.isEmpty() || next.get().at().isAfter(target)) {
        return new Outcome(fired, !unsaid && !anyGivenUp(), next.map(Due::at));
      }
      firingListener.beforeFiring(next.get().at());
      fire(next.get(), firingListener);
      firingListener.afterFiring();
      if (firingListener.asksAllAgain()) {
        answers.clear();
      } else {
        answers.remove(next.get().work());
      }
      fired++;
    }
    return new Outcome(fired, false, earliest(nextDue).map(Due::at));
  }

  Optional<Instant> next() {
    return earliest(DueWork::nextDue).map(Due::at);
  }

  private Optional<Due> earliest(Function<DueWork, Optional<Instant>> nextDue) {
    Due first = null;
    for (var work : works) {
      var at = due(work, nextDue);
      if (at.isPresent()
          && !givenUp(work, at.get())
          && (first == null || at.get().isBefore(first.at()))) {
        first = new Due(work, at.get());
      }
    }
    return Optional.ofNullable(first);
  }

  private Optional<Instant> due(DueWork work, Function<DueWork, Optional<Instant>> nextDue) {
    try {
      return nextDue.apply(work);
    } catch (RuntimeException failed) {
      unsaid = true;
      log.error("due work {} cannot say when it is due", work.getClass().getSimpleName(), failed);
      return Optional.empty();
    }
  }

  private void fire(Due due, DueWorkRunner.FiringListener firingListener) {
    var before = attempts.get(due.work());
    var known =
        before != null && before.due().equals(due.at()) ? before : new Attempts(due.at(), 0, 0);
    int failures = known.failures();
    try {
      firingListener.fire(due.work(), due.at());
    } catch (RuntimeException failed) {
      // The work of others must still happen; this one is tried again at the next wake-up.
      log.error("due work {} failed", due.work().getClass().getSimpleName(), failed);
      failures++;
    }
    var now = new Attempts(due.at(), known.times() + 1, failures);
    attempts.put(due.work(), now);
    if (now.isGivenUp()) {
      log.warn("due work {} stays due at {}", due.work().getClass().getSimpleName(), due.at());
    }
  }

  private boolean anyGivenUp() {
    return attempts.values().stream().anyMatch(Attempts::isGivenUp);
  }

  private boolean givenUp(DueWork work, Instant at) {
    var last = attempts.get(work);
    return last != null && last.isGivenUp() && last.due().equals(at);
  }
}
