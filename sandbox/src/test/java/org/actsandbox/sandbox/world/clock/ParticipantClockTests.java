package org.actsandbox.sandbox.world.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.time.DueWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a participant with a wrong clock does its work at its own due times. */
class ParticipantClockTests {

  private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

  private final List<Instant> machineWakeUps = new ArrayList<>();
  private final SimulatedClock world = runningClock();

  /** Makes a running clock over a machine that shows the same time. */
  private SimulatedClock runningClock() {
    return new SimulatedClock(
        Clock.fixed(START, ZoneOffset.UTC),
        ClockState.REAL,
        new NotedWakeUps(List.of(), machineWakeUps),
        () -> Journal.SILENT);
  }

  private ParticipantClock ahead(long seconds) {
    return new ParticipantClock(world, () -> Duration.ofSeconds(seconds), "demo-agent");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 600, -600})
  void aRunningWorldWakesAParticipantAtItsOwnTime(long seconds) {
    var clock = ahead(seconds);

    clock.agenda().wakeAt(clock.instant().plusSeconds(900));

    var due = START.plusSeconds(900);
    assertThat(machineWakeUps)
        .singleElement()
        .satisfies(at -> assertThat(at).isBetween(due, due.plusMillis(WakeUpTimes.GRID_MS)));
  }

  @Test
  void workIsDueByTheWorldsClockWhenItsOwnTimeHasCome() {
    var fired = new ArrayList<Instant>();
    var own = START.plusSeconds(1000);
    var work =
        new DueWork() {
          @Override
          public Optional<Instant> nextDue() {
            return Optional.of(own);
          }

          @Override
          public void fireDue(Instant now) {
            fired.add(now);
          }
        };

    var shifted = ahead(600).shifted(List.of(work)).getFirst();
    shifted.fireDue(START.plusSeconds(400));

    assertThat(shifted.nextDue()).contains(START.plusSeconds(400));
    assertThat(fired).containsExactly(own);
  }
}
