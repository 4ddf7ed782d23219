package org.actsandbox.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.actsandbox.protocol.time.Agenda;
import org.actsandbox.protocol.time.DueWork;

/**
 * A participant's own clock: the world's, ahead by what a {@code clock_skew} fault says. What the
 * participant expects at a moment of its clock happens at that moment of its clock.
 */
public final class Watch implements InstantSource {

  private final WorldClock clock;
  private final Supplier<Duration> ahead;
  private final String participant;

  Watch(WorldClock clock, Supplier<Duration> ahead, String participant) {
    this.clock = clock;
    this.ahead = ahead;
    this.participant = participant;
  }

  @Override
  public Instant instant() {
    return clock.instant().plus(ahead.get());
  }

  /** Where the participant notes moments of its own clock. */
  public Agenda agenda() {
    var ofWorld = clock.agenda();
    return new Agenda() {
      @Override
      public void note(Instant due) {
        ofWorld.note(due.minus(ahead.get()));
      }

      @Override
      public boolean isStopped() {
        return ofWorld.isStopped();
      }
    };
  }

  /** The participant's due work as the world's clock must see it. */
  public List<DueWork> wound(List<DueWork> works) {
    return works.stream().<DueWork>map(work -> new Wound(work, ahead, participant)).toList();
  }

  /**
   * @param work thinks in the participant's time
   */
  record Wound(DueWork work, Supplier<Duration> ahead, String participant) implements DueWork {

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
