package org.actsandbox.sandbox.world.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.WakeUpSchedule;

/**
 * A participant's own clock: the world's, ahead by what a {@code clock_skew} fault says. What the
 * participant expects at a moment of its clock happens at that moment of its clock.
 */
public final class ParticipantClock implements InstantSource {

  private final WorldClock clock;
  private final Supplier<Duration> ahead;
  private final String participant;

  public ParticipantClock(WorldClock clock, Supplier<Duration> ahead, String participant) {
    this.clock = clock;
    this.ahead = ahead;
    this.participant = participant;
  }

  @Override
  public Instant instant() {
    return clock.instant().plus(ahead.get());
  }

  /** Where the participant notes moments of its own clock. */
  public WakeUpSchedule agenda() {
    var ofWorld = clock.agenda();
    return new WakeUpSchedule() {
      @Override
      public void wakeAt(Instant due) {
        ofWorld.wakeAt(due.minus(ahead.get()));
      }

      @Override
      public boolean isStopped() {
        return ofWorld.isStopped();
      }
    };
  }

  /** The participant's due work as the world's clock must see it. */
  public List<DueWork> shifted(List<DueWork> works) {
    return works.stream()
        .<DueWork>map(work -> new ParticipantClock.ShiftedDueWork(work, ahead, participant))
        .toList();
  }

  /**
   * @param work thinks in the participant's time
   */
  record ShiftedDueWork(DueWork work, Supplier<Duration> ahead, String participant)
      implements DueWork {

    @Override
    public Optional<Instant> nextDue() {
      return work.nextDue().map(due -> due.minus(ahead.get()));
    }

    @Override
    public void fireDue(Instant now) {
      work.fireDue(now.plus(ahead.get()));
    }

    @Override
    public void startDue(Instant now) {
      work.startDue(now.plus(ahead.get()));
    }

    @Override
    public List<Waiting> waiting(int limit) {
      return work.waiting(limit).stream()
          .map(each -> new Waiting(each.at().minus(ahead.get()), each.what(), each.subject()))
          .toList();
    }
  }
}
