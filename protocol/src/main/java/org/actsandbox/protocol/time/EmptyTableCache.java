package org.actsandbox.protocol.time;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Remembers that nothing waits in a table, until somebody writes to it: the clock asks all
 * participants of a world what comes next, and most of them have nothing to do.
 *
 * <p>Race: {@link #markWritten} is called after the commit. A look that began before may miss the
 * row, but it remembers the state it began in, which is over by then.
 */
public final class EmptyTableCache {

  private static final long NEVER = -1;

  private final AtomicLong writes = new AtomicLong();
  private volatile long emptyAfter = NEVER;

  /** To be called after every commit that may have put something into the table. */
  public void markWritten() {
    writes.incrementAndGet();
  }

  /**
   * What {@code lookUp} finds; empty without a look when the last one found nothing and nothing was
   * written since.
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
