package org.actsandbox.protocol.time;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something in a world that waits for a moment of the world's clock: holds, bills, retries.
 *
 * <p>Implementations keep what is due in their own indexed tables, so that it survives a restart;
 * the world asks for {@link #nextDue()} when it is loaded and listens to {@link WakeUpSchedule}
 * afterwards.
 */
public interface DueWork {

  /** The earliest moment something falls due, if anything waits. */
  Optional<Instant> nextDue();

  /**
   * Does everything due at or before {@code now}, in the order of due time. Doing it twice has the
   * effect of doing it once.
   */
  void fireDue(Instant now);

  /**
   * The same for a clock that runs by itself and has others to serve: what waits for somebody
   * outside may be set going and end later.
   */
  default void startDue(Instant now) {
    fireDue(now);
  }

  /**
   * What waits, for people, in the order of due time.
   *
   * @param limit how many at most
   */
  default List<Waiting> waiting(int limit) {
    return nextDue().stream().map(at -> new Waiting(at, "housekeeping", "")).toList();
  }

  /**
   * One thing that waits for its moment.
   *
   * @param what such as {@code hold} or {@code notification}
   * @param subject the order, trade or message it is about; empty for none
   */
  record Waiting(Instant at, String what, String subject) {}
}
