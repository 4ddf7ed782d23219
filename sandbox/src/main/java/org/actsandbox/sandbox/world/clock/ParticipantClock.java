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
 * Is a participant's own clock: the world's clock, ahead by the offset of a {@code clock_skew}
 * fault. The participant's due work happens at its due time on this clock.
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

  /** Returns the schedule for due times of the participant's own clock. */
  public WakeUpSchedule agenda() {
    var worldSchedule = clock.agenda();
    return new WakeUpSchedule() {
      @Override
      public void wakeAt(Instant due) {
        worldSchedule.wakeAt(due.minus(ahead.get()));
      }

      @Override
      public boolean isStopped() {
        return worldSchedule.isStopped();
      }
    };
  }

  /** Returns the participant's due work with due times of the world's clock. */
  public List<DueWork> shifted(List<DueWork> works) {
    return works.stream()
        .<DueWork>map(work -> new ParticipantClock.ShiftedDueWork(work, ahead, participant))
        .toList();
  }

  /**
   * Translates the times of due work between the participant's clock and the world's.
   *
   * @param work due work in the participant's time
   */
  record ShiftedDueWork(DueWork work, Supplier<Duration> ahead, String participant)
      implements DueWork {

    @Override
    public Optional<Instant> nextDue() {
      return work.nextDue().map(due -> due.minus(ahead.get()));
    }

    @Override
    public Optional<Instant> notBefore(Instant now) {
      var offset = ahead.get();
      return work.notBefore(now.plus(offset)).map(due -> due.minus(offset));
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
