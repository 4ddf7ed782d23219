package org.actsandbox.protocol.time;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a time before which no row of a table falls due. A running clock asks all participants
 * of a world for their next due work again and again, and a hold of a quarter of an hour is not
 * looked up each time. Rows that are deleted or postponed may leave the time too early, which costs
 * one query when it comes; it is never too late.
 *
 * <p>Race: {@link #added} is called after the commit. A query that began before it may miss the
 * row, and its result is not remembered then.
 */
public final class EarliestDue {

  private boolean known;
  private @Nullable Instant earliest;
  private long additions;

  /**
   * Call it after every commit that adds a row or lets one fall due earlier.
   *
   * @param due when the row falls due, or an earlier time
   */
  public synchronized void added(Instant due) {
    additions++;
    if (known && (earliest == null || due.isBefore(earliest))) {
      earliest = due;
    }
  }

  /** Returns the result of {@code lookUp}, or empty without a query if there is no row. */
  public Optional<Instant> exactly(Supplier<Optional<Instant>> lookUp) {
    long before;
    synchronized (this) {
      if (known && earliest == null) {
        return Optional.empty();
      }
      before = additions;
    }
    var found = lookUp.get();
    synchronized (this) {
      if (additions == before) {
        known = true;
        earliest = found.orElse(null);
      }
    }
    return found;
  }

  /**
   * Returns a time before which no row falls due, without a query if it is after {@code now}; empty
   * if there is no row.
   */
  public Optional<Instant> notBefore(Instant now, Supplier<Optional<Instant>> lookUp) {
    synchronized (this) {
      if (known && (earliest == null || earliest.isAfter(now))) {
        return Optional.ofNullable(earliest);
      }
    }
    return exactly(lookUp);
  }
}
