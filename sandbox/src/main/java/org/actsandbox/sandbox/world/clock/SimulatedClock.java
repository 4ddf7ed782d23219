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
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.jspecify.annotations.Nullable;

/** The clock of a loaded world, and what it makes happen. */
public final class SimulatedClock extends WorldClock {

  /** Firings per call: one call ends in bounded time, another one goes on from there. */
  private static final int MAX_FIRINGS = 10_000;

  private static final long RETRY_SECONDS = 1;

  /** Nobody pages through more of one kind. */
  private static final int MAX_LISTED = 10_000;

  /** Real time that an order to a stopped clock gives whoever is at work. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What the clock needs from around it. */
  public interface Callbacks {

    /** All due work of the world, participants opened. */
    List<DueWork> dueWork();

    /** Who goes on in the world by itself. */
    BackgroundTurns backgroundTurns();

    /** Keeps the state over restarts. */
    void saveState(ClockState state);

    /** Please call {@link SimulatedClock#fireDue} at this time of the machine. */
    void wakeAt(Instant machineTime);
  }

  private final Clock machine;
  private final SimulatedClock.Callbacks around;
  private final Supplier<Journal> journal;
  private final WakeUpTimes wakeUpTimes = new WakeUpTimes();
  private final ReentrantLock firing = new ReentrantLock();
  private final DueWorkRunner.FiringListener firingListener =
      new DueWorkRunner.FiringListener() {
        @Override
        public void arrive(Instant moment) {
          SimulatedClock.this.arrive(moment);
        }

        @Override
        public void rest() {
          SimulatedClock.this.rest();
        }
      };
  private volatile ClockState state;

  public SimulatedClock(
      Clock machine, ClockState state, SimulatedClock.Callbacks around, Supplier<Journal> journal) {
    this.machine = machine;
    this.state = state;
    this.around = around;
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
        expect(due);
      }

      @Override
      public boolean isStopped() {
        return state.mode() == Mode.STOPPED;
      }
    };
  }

  private void expect(Instant due) {
    boolean first = wakeUpTimes.add(due);
    var now = instant();
    if (!due.isAfter(now)) {
      // Noted inside a transaction that may commit only after the first look.
      first |= wakeUpTimes.add(now.plusSeconds(RETRY_SECONDS));
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
          // Also when time goes back: while the clock stood still, what is due now has waited.
          passTo(target.isAfter(before) ? target : before);
          state =
              ClockState.of(
                  mode,
                  mode == Mode.REAL ? null : now == null ? instant() : now,
                  machine.instant());
          settle("clock-set", before);
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
          passTo(to);
          settle("clock-advanced", before);
        });
  }

  @Override
  public void advanceToNextDue() {
    locked(
        () -> {
          // What a turn is still doing may make something fall due earlier.
          rest();
          var before = instant();
          var next = nextDue();
          if (next.isPresent()) {
            passTo(next.get().isAfter(before) ? next.get() : before);
            settle("clock-advanced", before);
          }
        });
  }

  /**
   * Does what fell due by now; for the ticker. A clock that was stopped since, or before the server
   * was killed, does nothing by itself: what is due waits for the next order.
   */
  public void fireDue() {
    locked(
        () -> {
          if (state.mode() == Mode.STOPPED) {
            return;
          }
          var now = instant();
          wakeUpTimes.dropUntil(now);
          var outcome =
              new DueWorkRunner(around.dueWork())
                  .fire(now, DueWorkRunner.FiringListener.TICKING, MAX_FIRINGS);
          outcome.next().ifPresent(wakeUpTimes::add);
          if (!outcome.complete()) {
            wakeUpTimes.add(now.plusSeconds(RETRY_SECONDS));
          }
          schedule();
        });
  }

  @Override
  public List<Pending> waiting(@Nullable Pending after, int limit) {
    var works = around.dueWork();
    // Each kind knows its own first ones only: ask for more until enough come after.
    for (int asked = limit; ; asked *= 4) {
      int each = asked;
      var found = works.stream().flatMap(work -> pending(work, each)).sorted().toList();
      // What is beyond a list that was cut short may come before the end of the others.
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
        work instanceof ParticipantClock.ShiftedDueWork wound ? wound.participant() : "sandbox";
    return work.waiting(limit).stream()
        .map(each -> new Pending(each.at(), each.what(), participant, each.subject()));
  }

  /** The earliest thing that waits, from the due work's own tables. */
  public Optional<Instant> nextDue() {
    return new DueWorkRunner(around.dueWork()).next();
  }

  /** When the machine's clock will show what this one shows at {@code due}; never while stopped. */
  public Optional<Instant> machineTime(Instant due) {
    return state.mode() == Mode.STOPPED ? Optional.empty() : Optional.of(due.minus(state.offset()));
  }

  private void passTo(Instant target) {
    rest();
    var outcome = new DueWorkRunner(around.dueWork()).fire(target, firingListener, MAX_FIRINGS);
    if (outcome.fired() >= MAX_FIRINGS) {
      around.saveState(state);
      throw new Refusal(Problem.UNAVAILABLE, "too much falls due on the way")
          .observed("stopped at " + instant() + " after " + outcome.fired() + " pieces of work")
          .remedy("Advance again: it goes on from there.");
    }
    outcome.next().ifPresent(wakeUpTimes::add);
    arrive(target);
  }

  /**
   * While the clock stands still, what a request or due work set going ends before anything else
   * happens. A running clock waits for nobody.
   */
  private void rest() {
    if (state.mode() == Mode.STOPPED && !around.backgroundTurns().awaitAllResting(PATIENCE)) {
      around.saveState(state);
      throw new Refusal(Problem.UNAVAILABLE, "the buyer agent is still at work")
          .observed("at work for more than " + PATIENCE)
          .remedy("Order again when its turn is done.");
    }
  }

  /** The clock shows {@code moment}, unless it is later already. */
  private void arrive(Instant moment) {
    var machineNow = machine.instant();
    if (moment.isAfter(state.at(machineNow))) {
      state = state.showing(moment, machineNow);
    }
  }

  private void settle(String event, Instant before) {
    around.saveState(state);
    wakeUpTimes.dropUntil(instant());
    journal
        .get()
        .note(
            new JournalNote(
                "operator",
                JournalNote.Kind.CLOCK,
                null,
                event,
                Map.of(),
                Map.of("from", before, "to", instant(), "mode", state.mode())));
    nextDue().ifPresent(wakeUpTimes::add);
    schedule();
  }

  private void schedule() {
    var earliest = wakeUpTimes.earliest();
    if (earliest.isPresent()) {
      machineTime(Instant.ofEpochMilli(earliest.getAsLong())).ifPresent(around::wakeAt);
    }
  }

  private void locked(Runnable work) {
    firing.lock();
    try {
      work.run();
    } finally {
      firing.unlock();
    }
  }
}
