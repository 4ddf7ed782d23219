package org.actsandbox.protocol.time;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Work in a world that waits for a moment of the world's clock: holds, bills, retries.
 *
 * <p>Implementations store their due work in their own indexed tables, so that it survives a
 * restart. The world asks for {@link #nextDue()} when it is loaded, and learns of later work
 * through {@link WakeUpSchedule}.
 */
public interface DueWork {

  /** Returns the earliest time at which work falls due; empty if no work waits. */
  Optional<Instant> nextDue();

  /**
   * Returns a time before which no work falls due; empty if no work waits. A running clock asks
   * this. If the time is after {@code now}, it may be earlier than {@link #nextDue()}, so that
   * nothing has to be looked up.
   */
  default Optional<Instant> notBefore(Instant now) {
    return nextDue();
  }

  /**
   * Does all work that is due at or before {@code now}, in the order of due time. The call is
   * idempotent.
   */
  void fireDue(Instant now);

  /**
   * Does the same for a running clock, which also serves others: work that waits for another
   * participant may continue in the background after the call.
   */
  default void startDue(Instant now) {
    fireDue(now);
  }

  /**
   * Lists the waiting work for people, in the order of due time.
   *
   * @param limit maximum number of entries
   */
  default List<Waiting> waiting(int limit) {
    return nextDue().stream().map(at -> new Waiting(at, "housekeeping", "")).toList();
  }

  /**
   * One piece of work that waits.
   *
   * @param what kind of work, such as {@code hold} or {@code notification}
   * @param subject number of the order, trade or message; empty if there is none
   */
  record Waiting(Instant at, String what, String subject) {}
}
