package org.actsandbox.sandbox.world.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.time.DueWork;
import org.junit.jupiter.api.Test;

/** Tests that a world does not wake up for what was settled long before it fell due. */
class WakeUpTimesTests {

  private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");
  private static final Instant HOLD_ENDS = START.plus(Duration.ofMinutes(15));

  private final List<Instant> wakeUps = new ArrayList<>();
  private Instant machineTime = START;
  private Optional<Instant> due = Optional.empty();
  private boolean fails;

  private final DueWork holds =
      new DueWork() {
        @Override
        public Optional<Instant> nextDue() {
          if (fails) {
            throw new IllegalStateException("the database does not answer");
          }
          return due;
        }

        @Override
        public void fireDue(Instant now) {
          due = Optional.empty();
        }
      };

  private final SimulatedClock clock = clock();

  private SimulatedClock clock() {
    InstantSource machine = () -> machineTime;
    return new SimulatedClock(
        machine.withZone(ZoneOffset.UTC),
        ClockState.REAL,
        new NotedWakeUps(List.of(holds), wakeUps),
        () -> Journal.SILENT);
  }

  /** Asks for a thousand wake-ups at the ends of holds, and looks after some time. */
  private void lookAfter(Duration pause) {
    for (int hold = 0; hold < 1_000; hold++) {
      clock.agenda().wakeAt(HOLD_ENDS.plusSeconds(hold));
    }
    machineTime = START.plus(pause);
    wakeUps.clear();
    clock.fireDue();
  }

  @Test
  void whatWasSettledCausesNoWakeUp() {
    lookAfter(WakeUpTimes.LONGEST_TRANSACTION.plusSeconds(1));

    assertThat(wakeUps).isEmpty();
  }

  @Test
  void whatStillWaitsCausesOne() {
    due = Optional.of(HOLD_ENDS.plusSeconds(500));

    lookAfter(WakeUpTimes.LONGEST_TRANSACTION.plusSeconds(1));

    assertThat(wakeUps)
        .singleElement()
        .satisfies(
            at ->
                assertThat(at)
                    .isBetween(
                        due.orElseThrow(), due.orElseThrow().plusMillis(WakeUpTimes.GRID_MS)));
  }

  /** The transaction that asked may be committed later, and the look did not see its row. */
  @Test
  void whatWasAskedForAMomentAgoStays() {
    lookAfter(WakeUpTimes.LONGEST_TRANSACTION.minusSeconds(1));

    assertThat(wakeUps)
        .singleElement()
        .satisfies(
            at -> assertThat(at).isBetween(HOLD_ENDS, HOLD_ENDS.plusMillis(WakeUpTimes.GRID_MS)));
  }

  @Test
  void aLookIsNotCompleteWhileWorkCannotSayWhenItIsDue() {
    fails = true;

    var outcome =
        new DueWorkRunner(List.of(holds))
            .fire(START, DueWorkRunner.FiringListener.RUNNING_CLOCK, 1);

    assertThat(outcome.complete()).isFalse();
  }
}
