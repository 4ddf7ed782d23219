package org.actsandbox.sandbox.world.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.actsandbox.protocol.time.WorkScope;
import org.jspecify.annotations.Nullable;

/** Is the clock of a loaded world; it fires the world's due work. */
public final class SimulatedClock extends WorldClock {

  /** Limit of firings per call, so that one call ends in bounded time; another call continues. */
  private static final int MAX_FIRINGS = 10_000;

  private static final long RETRY_SECONDS = 1;

  /** Limit of listed work of one kind, more than any reader pages through. */
  private static final int MAX_LISTED = 10_000;

  /**
   * Real time that a stopped clock gives running turns to come to rest before it refuses a request.
   */
  private static final Duration REST_TIMEOUT = Duration.ofSeconds(20);

  /** Defines what the clock needs from its world. */
  public interface Callbacks {

    /** Returns all due work of the world; it opens all participants. */
    List<DueWork> dueWork();

    /** Returns the background turns of the world. */
    BackgroundTurns backgroundTurns();

    /** Stores the state for the next start. */
    void saveState(ClockState state);

    /** Asks for a call of {@link SimulatedClock#fireDue} at this time of the machine. */
    void wakeAt(Instant machineTime);
  }

  private final Clock machine;
  private final SimulatedClock.Callbacks callbacks;
  private final Supplier<Journal> journal;
  private final WakeUpTimes wakeUpTimes = new WakeUpTimes();
  private final ReentrantLock firing = new ReentrantLock();
  private final DueWorkRunner.FiringListener firingListener =
      new DueWorkRunner.FiringListener() {
        @Override
        public void beforeFiring(Instant moment) {
          SimulatedClock.this.moveForwardTo(moment);
        }

        @Override
        public void afterFiring() {
          SimulatedClock.this.awaitBackgroundTurns();
        }
      };
  private volatile ClockState state;

  public SimulatedClock(
      Clock machine,
      ClockState state,
      SimulatedClock.Callbacks callbacks,
      Supplier<Journal> journal) {
    this.machine = machine;
    this.state = state;
    this.callbacks = callbacks;
    this.journal = journal;
  }

  @Override
  public Instant instant() {
    return state.at(machine.instant()).truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public ZoneId getZone() {
    return ZONE;
  }

  @Override
  public Mode mode() {
    return state.mode();
  }

  @Override
  public WakeUpSchedule agenda() {
    return new WakeUpSchedule() {
      @Override
      public void wakeAt(Instant due) {
        addWakeUp(due);
      }

      @Override
      public boolean isStopped() {
        return state.mode() == Mode.STOPPED;
      }
    };
  }

  private void addWakeUp(Instant due) {
    var asked = machine.instant();
    boolean first = wakeUpTimes.add(due, asked);
    var now = instant();
    if (!due.isAfter(now)) {
      // The caller's transaction may commit only after the first wake-up has looked.
      first |= wakeUpTimes.add(now.plusSeconds(RETRY_SECONDS), asked);
    }
    if (first) {
      schedule();
    }
  }

  @Override
  public void set(Mode mode, @Nullable Instant now) {
    if (now != null) {
      ClockState.checkRange(now, mode);
    }
    locked(
        () -> {
          var before = instant();
          var target = now == null ? (mode == Mode.REAL ? machine.instant() : before) : now;
          // Also when time goes back: work that is due now may have waited while the clock was
          // stopped.
          fireUntil(target.isAfter(before) ? target : before);
          state =
              ClockState.of(
                  mode,
                  mode == Mode.REAL ? null : now == null ? instant() : now,
                  machine.instant());
          saveAndRecord(JournalEvent.CLOCK_SET, before);
        });
  }

  @Override
  public void advanceTo(Instant to) {
    ClockState.checkRange(to, state.mode() == Mode.STOPPED ? Mode.STOPPED : Mode.OFFSET);
    locked(
        () -> {
          var before = instant();
          if (to.isBefore(before)) {
            throw new Refusal(Problem.INVALID_FIELD, "time only advances")
                .at("to")
                .expected("not before " + before)
                .observed(to.toString())
                .remedy("PUT the clock to set it back.");
          }
          fireUntil(to);
          saveAndRecord(JournalEvent.CLOCK_ADVANCED, before);
        });
  }

  @Override
  public void advanceBy(Duration by) {
    locked(
        () -> {
          var before = instant();
          var to = before.plus(by);
          ClockState.checkRange(to, state.mode() == Mode.STOPPED ? Mode.STOPPED : Mode.OFFSET);
          fireUntil(to);
          saveAndRecord(JournalEvent.CLOCK_ADVANCED, before);
        });
  }

  @Override
  public void advanceToNextDue() {
    locked(
        () -> {
          // A running turn may still make work due earlier.
          awaitBackgroundTurns();
          var before = instant();
          var next = nextDue();
          if (next.isPresent()) {
            fireUntil(next.get().isAfter(before) ? next.get() : before);
            saveAndRecord(JournalEvent.CLOCK_ADVANCED, before);
          }
        });
  }

  /**
   * Fires the work that is due by now; called by the timer. A clock that was stopped since, or
   * before the server was killed, fires nothing by itself: its due work waits for the next request
   * that moves the clock.
   */
  public void fireDue() {
    locked(
        () -> {
          if (state.mode() == Mode.STOPPED) {
            return;
          }
          var looked = machine.instant();
          var now = instant();
          wakeUpTimes.dropUntil(now);
          var outcome =
              new DueWorkRunner(callbacks.dueWork())
                  .fire(now, DueWorkRunner.FiringListener.RUNNING_CLOCK, MAX_FIRINGS);
          outcome.next().ifPresent(this::remember);
          if (outcome.complete()) {
            wakeUpTimes.dropSettled(outcome.next(), looked);
          } else {
            remember(now.plusSeconds(RETRY_SECONDS));
          }
          schedule();
        });
  }

  @Override
  public List<Pending> waiting(@Nullable Pending after, int limit) {
    var works = callbacks.dueWork();
    // Each kind of work returns only its first items: the limit grows until enough items come after
    // the given one.
    for (int asked = limit; ; asked *= 4) {
      int each = asked;
      var found = works.stream().flatMap(work -> pending(work, each)).sorted().toList();
      // Beyond the end of a list that was cut short, its further items may come before items of the
      // others.
      var known = found.subList(0, Math.min(each, found.size()));
      var page =
          known.stream()
              .filter(one -> after == null || one.compareTo(after) > 0)
              .limit(limit)
              .toList();
      if (page.size() == limit || found.size() < each || each >= MAX_LISTED) {
        return page;
      }
    }
  }

  private static Stream<Pending> pending(DueWork work, int limit) {
    var participant =
        work instanceof ParticipantClock.ShiftedDueWork shifted ? shifted.participant() : "sandbox";
    return work.waiting(limit).stream()
        .map(each -> new Pending(each.at(), each.what(), participant, each.subject()));
  }

  /** Returns the earliest due time in the tables of all due work. */
  public Optional<Instant> nextDue() {
    return new DueWorkRunner(callbacks.dueWork()).next();
  }

  /** Returns the machine's time when this clock will show {@code due}; empty while stopped. */
  public Optional<Instant> machineTime(Instant due) {
    return state.mode() == Mode.STOPPED ? Optional.empty() : Optional.of(due.minus(state.offset()));
  }

  private void fireUntil(Instant target) {
    awaitBackgroundTurns();
    var outcome = new DueWorkRunner(callbacks.dueWork()).fire(target, firingListener, MAX_FIRINGS);
    if (outcome.fired() >= MAX_FIRINGS) {
      callbacks.saveState(state);
      throw new Refusal(Problem.UNAVAILABLE, "too much falls due on the way")
          .observed("stopped at " + instant() + " after " + outcome.fired() + " pieces of work")
          .remedy("Advance again: it goes on from there.");
    }
    outcome.next().ifPresent(this::remember);
    moveForwardTo(target);
  }

  /**
   * Waits, while the clock is stopped, until the turns that a request or due work started have
   * ended. A running clock does not wait.
   */
  private void awaitBackgroundTurns() {
    if (state.mode() == Mode.STOPPED
        && !callbacks.backgroundTurns().awaitAllResting(REST_TIMEOUT)) {
      callbacks.saveState(state);
      throw new Refusal(Problem.UNAVAILABLE, "the buyer agent is still at work")
          .observed("at work for more than " + REST_TIMEOUT)
          .remedy("Order again when its turn is done.");
    }
  }

  /** Moves the clock forward to {@code moment}, unless it is later already. */
  private void moveForwardTo(Instant moment) {
    var machineNow = machine.instant();
    if (moment.isAfter(state.at(machineNow))) {
      state = state.showing(moment, machineNow);
    }
  }

  private void saveAndRecord(JournalEvent event, Instant before) {
    callbacks.saveState(state);
    wakeUpTimes.dropUntil(instant());
    journal
        .get()
        .note(
            new JournalNote(
                "operator",
                JournalNote.Kind.CLOCK,
                event,
                Map.of(),
                Map.of("from", before, "to", instant(), "mode", state.mode())));
    nextDue().ifPresent(this::remember);
    schedule();
  }

  private void remember(Instant due) {
    wakeUpTimes.add(due, machine.instant());
  }

  private void schedule() {
    var earliest = wakeUpTimes.earliest();
    if (earliest.isPresent()) {
      machineTime(Instant.ofEpochMilli(earliest.getAsLong())).ifPresent(callbacks::wakeAt);
    }
  }

  private void locked(Runnable work) {
    firing.lock();
    try {
      WorkScope.run(work);
    } finally {
      firing.unlock();
    }
  }
}
