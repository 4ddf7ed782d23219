package org.actsandbox.sandbox.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
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
import org.actsandbox.protocol.time.Agenda;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;

/** The clock of a loaded world, and what it makes happen. */
final class SimulatedClock extends WorldClock {

  static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  /** Firings per call: one call ends in bounded time, another one goes on from there. */
  private static final int MAX_FIRINGS = 10_000;

  private static final long RETRY_SECONDS = 1;

  /** What the clock needs from around it. */
  interface Surroundings {

    /** All due work of the world, participants opened. */
    List<DueWork> dueWork();

    /** Keeps the state over restarts. */
    void keep(ClockState state);

    /** Please call {@link SimulatedClock#fireDue} at this time of the machine. */
    void wakeAt(Instant machineTime);
  }

  private final Clock machine;
  private final Surroundings around;
  private final Supplier<Journal> journal;
  private final Hints hints = new Hints();
  private final ReentrantLock firing = new ReentrantLock();
  private volatile ClockState state;

  SimulatedClock(Clock machine, ClockState state, Surroundings around, Supplier<Journal> journal) {
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
    return World.ZONE;
  }

  @Override
  public Mode mode() {
    return state.mode();
  }

  @Override
  public Agenda agenda() {
    return due -> {
      boolean first = hints.add(due);
      var now = instant();
      if (!due.isAfter(now)) {
        // Noted inside a transaction that may commit only after the first look.
        first |= hints.add(now.plusSeconds(RETRY_SECONDS));
      }
      if (first) {
        schedule();
      }
    };
  }

  @Override
  public void set(Mode mode, @Nullable Instant now) {
    if (now != null) {
      checkRange(now, mode);
    }
    locked(
        () -> {
          var before = instant();
          var target = now == null ? (mode == Mode.REAL ? machine.instant() : before) : now;
          if (target.isAfter(before)) {
            passTo(target);
          }
          state = in(mode, now == null ? instant() : now);
          settle("clock-set", before);
        });
  }

  @Override
  public void advanceTo(Instant to) {
    checkRange(to, state.mode() == Mode.STOPPED ? Mode.STOPPED : Mode.OFFSET);
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

  /** Does what fell due by now; for the ticker. */
  void fireDue() {
    locked(
        () -> {
          var now = instant();
          hints.dropUntil(now);
          var outcome = new DueOrder(around.dueWork()).fire(now, _ -> {}, MAX_FIRINGS);
          outcome.next().ifPresent(hints::add);
          if (!outcome.complete()) {
            hints.add(now.plusSeconds(RETRY_SECONDS));
          }
          schedule();
        });
  }

  @Override
  public List<Pending> waiting(int limit) {
    return around.dueWork().stream()
        .flatMap(work -> pending(work, limit))
        .sorted(
            Comparator.comparing(Pending::at)
                .thenComparing(Pending::participant)
                .thenComparing(Pending::subject))
        .limit(limit)
        .toList();
  }

  private static Stream<Pending> pending(DueWork work, int limit) {
    var participant = work instanceof Watch.Wound wound ? wound.participant() : "sandbox";
    return work.waiting(limit).stream()
        .map(each -> new Pending(each.at(), each.what(), participant, each.subject()));
  }

  /** The earliest thing that waits, from the due work's own tables. */
  Optional<Instant> nextDue() {
    return new DueOrder(around.dueWork()).next();
  }

  /** When the machine's clock will show what this one shows at {@code due}; never while stopped. */
  Optional<Instant> machineTime(Instant due) {
    return state.mode() == Mode.STOPPED ? Optional.empty() : Optional.of(due.minus(state.offset()));
  }

  private void passTo(Instant target) {
    var outcome = new DueOrder(around.dueWork()).fire(target, this::arrive, MAX_FIRINGS);
    if (outcome.fired() >= MAX_FIRINGS) {
      around.keep(state);
      throw new Refusal(Problem.UNAVAILABLE, "too much falls due on the way")
          .observed("stopped at " + instant() + " after " + outcome.fired() + " pieces of work")
          .remedy("Advance again: it goes on from there.");
    }
    outcome.next().ifPresent(hints::add);
    arrive(target);
  }

  /** The clock shows {@code moment}, unless it is later already. */
  private void arrive(Instant moment) {
    var machineNow = machine.instant();
    if (moment.isAfter(state.at(machineNow))) {
      state = state.showing(moment, machineNow);
    }
  }

  private ClockState in(Mode mode, Instant now) {
    return switch (mode) {
      case REAL -> ClockState.REAL;
      case OFFSET -> ClockState.shifted(Duration.between(machine.instant(), now));
      case STOPPED -> ClockState.stopped(now.truncatedTo(ChronoUnit.MICROS));
    };
  }

  private void settle(String event, Instant before) {
    around.keep(state);
    hints.dropUntil(instant());
    journal
        .get()
        .note(
            new JournalNote(
                "operator",
                JournalNote.Kind.CLOCK,
                "",
                event,
                Map.of(),
                Map.of("from", before, "to", instant(), "mode", state.mode())));
    nextDue().ifPresent(hints::add);
    schedule();
  }

  private void schedule() {
    var earliest = hints.earliest();
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

  private static void checkRange(Instant now, Mode mode) {
    if (mode == Mode.REAL) {
      throw new Refusal(Problem.INVALID_FIELD, "a real clock shows the machine's time")
          .at("now")
          .expected("absent, or another mode");
    }
    if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
      throw new Refusal(Problem.INVALID_FIELD, "out of range")
          .at("now")
          .expected(EARLIEST + " to " + LATEST)
          .observed(now.toString());
    }
  }
}
