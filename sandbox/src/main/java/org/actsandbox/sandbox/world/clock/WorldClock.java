package org.actsandbox.sandbox.world.clock;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.jspecify.annotations.Nullable;

/** Represents the time of one world: the machine's time, shifted or stopped. */
public abstract class WorldClock extends Clock {

  /** The time zone of every world: that of the mock merchants. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** Says how a world's time relates to the machine's. */
  public enum Mode {
    REAL,
    OFFSET,
    STOPPED;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public abstract Mode mode();

  /** Returns the schedule in which participants announce due times. */
  public abstract WakeUpSchedule agenda();

  /**
   * Puts the clock into a mode. Work that falls due between the old time and a later new one is
   * done on the way, in order.
   *
   * @param now time that it shows then; null keeps the present time, and must be null for REAL
   */
  public abstract void set(Mode mode, @Nullable Instant now);

  /**
   * Lets time pass until {@code to}: work that falls due on the way happens at its moment, in order
   * of due time. A real clock becomes a shifted one.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} if {@code to} is past
   */
  public abstract void advanceTo(Instant to);

  /**
   * Advances the clock by some time from the moment at which its turn comes: a clock that runs has
   * moved on since the caller asked. No time at all only does what is due.
   */
  public abstract void advanceBy(Duration by);

  /**
   * Lets time pass until the next due time and does all work that is due then; without waiting work
   * it does nothing.
   */
  public abstract void advanceToNextDue();

  /**
   * Returns the waiting work of the whole world in the order in which it will happen.
   *
   * @param after only work after this one; null for all
   * @param limit maximum number
   */
  public abstract List<Pending> waiting(@Nullable Pending after, int limit);

  /** Returns the first waiting work of the whole world in the order in which it will happen. */
  public List<Pending> waiting(int limit) {
    return waiting(null, limit);
  }

  /**
   * Represents one piece of waiting work.
   *
   * @param at due time in the world's time
   * @param what kind: {@code hold}, {@code cashier}, {@code notification}, {@code refund}, ...
   * @param participant {@code raileast}
   * @param subject order, trade or message; empty for none
   */
  public record Pending(Instant at, String what, String participant, String subject)
      implements Comparable<Pending> {

    private static final Comparator<Pending> ORDER =
        Comparator.comparing(Pending::at)
            .thenComparing(Pending::participant)
            .thenComparing(Pending::what)
            .thenComparing(Pending::subject);

    @Override
    public int compareTo(Pending other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Returns the time in microseconds, as the database stores it, so that a time read back equals
   * the time written.
   */
  @Override
  public abstract Instant instant();

  @Override
  public Clock withZone(ZoneId zone) {
    InstantSource source = () -> instant();
    return source.withZone(zone);
  }
}
