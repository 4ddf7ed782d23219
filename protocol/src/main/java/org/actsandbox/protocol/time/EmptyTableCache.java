package org.actsandbox.protocol.time;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Remembers that a table has no waiting row until one is written. The clock asks all participants
 * of a world for their next due work, and most of them have none.
 *
 * <p>Race: {@link #markWritten} is called after the commit. A query that began before it may miss
 * the row, but it remembers emptiness only for the write count at its begin, which is outdated by
 * then.
 */
public final class EmptyTableCache {

  private static final long NEVER = -1;

  private final AtomicLong writes = new AtomicLong();
  private volatile long emptyAfter = NEVER;

  /** Call it after every commit that may have written a row to the table. */
  public void markWritten() {
    writes.incrementAndGet();
  }

  /**
   * Returns the result of {@code lookUp}, or empty without a query if the last one found nothing
   * and nothing was written since.
   */
  public <T> Optional<T> firstUnlessEmpty(Supplier<Optional<T>> lookUp) {
    long before = writes.get();
    if (before == emptyAfter) {
      return Optional.empty();
    }
    var found = lookUp.get();
    if (found.isEmpty()) {
      emptyAfter = before;
    }
    return found;
  }
}
