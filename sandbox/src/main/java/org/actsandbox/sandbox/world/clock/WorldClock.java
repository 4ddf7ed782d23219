package org.actsandbox.sandbox.world.clock;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.jspecify.annotations.Nullable;

/** The time of one world: the machine's, shifted, or standing still. */
public abstract class WorldClock extends Clock {

  /** The time zone of every world: that of the mock merchants. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** How a world's time relates to the machine's. */
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

  /** Where participants say that something will fall due. */
  public abstract WakeUpSchedule agenda();

  /**
   * Puts the clock into a mode. What falls due between the old time and a later new one is done on
   * the way, in order.
   *
   * @param now what it shows then; null keeps what it shows, for REAL it must be null
   */
  public abstract void set(Mode mode, @Nullable Instant now);

  /**
   * Lets time pass until {@code to}: everything that falls due on the way happens at its moment, in
   * order of due time. A real clock becomes an offset one.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} if {@code to} is past
   */
  public abstract void advanceTo(Instant to);

  /**
   * Lets time pass until the next thing falls due, and does everything due at that moment; nothing
   * happens when nothing waits.
   */
  public abstract void advanceToNextDue();

  /**
   * What waits in the whole world, in the order it will happen.
   *
   * @param after only what comes after it; null for all
   * @param limit how many at most
   */
  public abstract List<Pending> waiting(@Nullable Pending after, int limit);

  /** Likewise, from the first. */
  public List<Pending> waiting(int limit) {
    return waiting(null, limit);
  }

  /**
   * One thing that waits.
   *
   * @param at in the world's time
   * @param what {@code hold}, {@code cashier}, {@code notification}, {@code refund}, ...
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

  /** Microseconds: what the database keeps, so that a time read back is the time written. */
  @Override
  public abstract Instant instant();

  @Override
  public Clock withZone(ZoneId zone) {
    InstantSource source = () -> instant();
    return source.withZone(zone);
  }
}
