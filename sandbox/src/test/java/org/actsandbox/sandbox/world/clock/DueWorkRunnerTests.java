package org.actsandbox.sandbox.world.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.actsandbox.protocol.time.DueWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that due work happens in order of due time, at its moment and once. */
class DueWorkRunnerTests {

  static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

  final List<Instant> fired = new ArrayList<>();
  final List<Instant> shownWhenFired = new ArrayList<>();
  final List<DueWork> works = new ArrayList<>();
  final BackgroundTurns backgroundTurns = new BackgroundTurns();
  final SimulatedClock clock = clock();

  SimulatedClock clock() {
    return clock(Clock.systemUTC(), ClockState.stopped(START));
  }

  SimulatedClock clock(Clock machine, ClockState state) {
    return new SimulatedClock(
        machine,
        state,
        new SimulatedClock.Callbacks() {
          @Override
          public List<DueWork> dueWork() {
            return works;
          }

          @Override
          public BackgroundTurns backgroundTurns() {
            return backgroundTurns;
          }

          @Override
          public void saveState(ClockState state) {}

          @Override
          public void wakeAt(Instant machineTime) {
            assertThat(state.mode())
                .as("a stopped clock wakes nothing")
                .isNotEqualTo(WorldClock.Mode.STOPPED);
          }
        },
        () -> Journal.SILENT);
  }

  static List<Long> seeds() {
    return IntStream.range(0, 50).mapToObj(i -> 1_000L + i).toList();
  }

  /** Represents work that adds more work when it is done, as retries do. */
  class Queue implements DueWork {

    private final PriorityQueue<Instant> due = new PriorityQueue<>();
    private final SplittableRandom random;

    Queue(SplittableRandom random) {
      this.random = random;
    }

    @Override
    public Optional<Instant> nextDue() {
      return Optional.ofNullable(due.peek());
    }

    @Override
    public void fireDue(Instant now) {
      while (!due.isEmpty() && !due.peek().isAfter(now)) {
        fired.add(due.poll());
        shownWhenFired.add(clock.instant());
        if (random.nextInt(4) == 0) {
          due.add(now.plusMillis(random.nextInt(5_000)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void firesInOrderOverAllParticipantsForAnySteps(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 4; i++) {
      var queue = new Queue(random);
      IntStream.range(0, 20).forEach(_ -> queue.due.add(START.plusMillis(random.nextInt(60_000))));
      works.add(queue);
    }

    while (clock.instant().isBefore(START.plusSeconds(60))) {
      clock.advanceTo(clock.instant().plusMillis(1 + random.nextInt(20_000)));
    }

    assertThat(fired).hasSizeGreaterThanOrEqualTo(80).isSorted();
    assertThat(shownWhenFired).isEqualTo(fired);
    var now = clock.instant();
    assertThat(works)
        .allSatisfy(
            work ->
                assertThat(work.nextDue())
                    .satisfiesAnyOf(
                        next -> assertThat(next).isEmpty(),
                        next -> assertThat(next.orElseThrow()).isAfter(now)));
  }

  @Test
  void workThatFailsDoesNotHoldUpTheOthers() {
    var good = new Queue(new SplittableRandom(1));
    good.due.add(START.plusSeconds(2));
    works.add(
        new DueWork() {
          @Override
          public Optional<Instant> nextDue() {
            return Optional.of(START.plusSeconds(1));
          }

          @Override
          public void fireDue(Instant now) {
            throw new IllegalStateException("broken on purpose");
          }
        });
    works.add(good);

    clock.advanceTo(START.plusSeconds(3));

    assertThat(fired).contains(START.plusSeconds(2));
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void endlessWorkIsStoppedAndContinuesWithTheNextCall() {
    var endless =
        new DueWork() {
          Instant next = START;

          @Override
          public Optional<Instant> nextDue() {
            return Optional.of(next);
          }

          @Override
          public void fireDue(Instant now) {
            next = next.plusMillis(1);
          }
        };
    works.add(endless);

    assertThatThrownBy(() -> clock.advanceTo(START.plusSeconds(11))).isInstanceOf(Refusal.class);

    assertThat(clock.instant()).isBetween(START.plusSeconds(9), START.plusSeconds(11));
    clock.advanceTo(START.plusSeconds(11));
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(11));
  }

  /**
   * Checks a wake-up that was scheduled before the clock was stopped, or that comes after a
   * restart.
   */
  @Test
  void aStoppedClockLeavesDueWorkToTheNextRequest() {
    var queue = new Queue(new SplittableRandom(1));
    queue.due.add(START);
    works.add(queue);

    clock.fireDue();
    assertThat(fired).isEmpty();

    clock.advanceTo(START);
    assertThat(fired).contains(START);
  }

  /** A caller asks for no time at all, and the clock has moved on when its turn comes. */
  @Test
  void aRunningClockAdvancesFromTheMomentOfItsTurn() {
    var ticks = new AtomicLong();
    InstantSource machine = () -> START.plusMillis(ticks.incrementAndGet());
    var running = clock(machine.withZone(ZoneOffset.UTC), ClockState.REAL);

    assertThatCode(() -> running.advanceBy(Duration.ZERO)).doesNotThrowAnyException();
    running.advanceBy(Duration.ofHours(1));

    assertThat(running.instant())
        .isBetween(START.plus(Duration.ofHours(1)), START.plus(Duration.ofMinutes(61)));
  }

  @Test
  void wakeUpTimesAreRoundedUpToAGrid() {
    var wakeUpTimes = new WakeUpTimes();

    assertThat(wakeUpTimes.add(START.plusNanos(1), START)).isTrue();
    assertThat(wakeUpTimes.add(START.plusMillis(10), START)).isFalse();
    assertThat(wakeUpTimes.earliest().orElseThrow())
        .isGreaterThan(START.plusMillis(10).toEpochMilli())
        .isLessThanOrEqualTo(START.plusMillis(10 + WakeUpTimes.GRID_MS).toEpochMilli());
    wakeUpTimes.dropUntil(START.plus(Duration.ofSeconds(1)));
    assertThat(wakeUpTimes.earliest()).isEmpty();
  }
}
