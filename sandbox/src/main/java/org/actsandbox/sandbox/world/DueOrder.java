package org.actsandbox.sandbox.world;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.actsandbox.protocol.time.DueWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fires what is due, strictly in order of due time over all participants of a world. */
final class DueOrder {

  private static final Logger log = LoggerFactory.getLogger(DueOrder.class);

  /** Firings at one moment by one participant without getting past it: then it is left alone. */
  private static final int MAX_REPEATS = 3;

  /**
   * @param complete false when something due is left: the bound was reached, or work failed
   */
  record Outcome(int fired, boolean complete, Optional<Instant> next) {}

  private final List<DueWork> works;
  private final Map<DueWork, Stuck> stuck = new HashMap<>();

  private record Stuck(Instant due, int times) {}

  private record Due(DueWork work, Instant at) {}

  DueOrder(List<DueWork> works) {
    this.works = works;
  }

  /**
   * @param arrive called with the moment before its work is fired
   * @param maxFirings bound for one call
   */
  Outcome fire(Instant target, Consumer<Instant> arrive, int maxFirings) {
    int fired = 0;
    while (fired < maxFirings) {
      var next = earliest();
      if (next.isEmpty() || next.get().at().isAfter(target)) {
        return new Outcome(fired, !anyGivenUp(), next.map(Due::at));
      }
      arrive.accept(next.get().at());
      fire(next.get());
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

  private void fire(Due due) {
    var before = stuck.get(due.work());
    int times = before != null && before.due().equals(due.at()) ? before.times() + 1 : 1;
    stuck.put(due.work(), new Stuck(due.at(), times));
    try {
      due.work().fireDue(due.at());
    } catch (RuntimeException failed) {
      // The others' work must still happen; this one is tried again at the next wake-up.
      log.error("due work {} failed", due.work().getClass().getSimpleName(), failed);
    }
    if (times >= MAX_REPEATS) {
      log.warn("due work {} stays due at {}", due.work().getClass().getSimpleName(), due.at());
    }
  }

  private boolean anyGivenUp() {
    return stuck.values().stream().anyMatch(each -> each.times() >= MAX_REPEATS);
  }

  private boolean givenUp(DueWork work, Instant at) {
    var last = stuck.get(work);
    return last != null && last.times() >= MAX_REPEATS && last.due().equals(at);
  }
}
