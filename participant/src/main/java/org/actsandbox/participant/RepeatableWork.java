package org.actsandbox.participant;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Marks changes that need not be in the database file before an answer: what they say is found out
 * again after a crash, because the sender repeats what has no mark of success, and the receiver
 * recognizes a repetition.
 *
 * <p>The file has the changes of a process in the order of their commits. So a later change that is
 * in the file, such as the sender's mark of success, never outlives an earlier one like the
 * receiver's. H2 writes them with the next change that an answer waits for, after {@link
 * #LONGEST_DELAY} at the latest; a database that itself returns from a commit only when it is
 * durable does so here, too.
 */
public final class RepeatableWork {

  /** The time after which the file has a change at the latest: a crash undoes no older one. */
  public static final Duration LONGEST_DELAY = Duration.ofMillis(500);

  private static final ScopedValue<Boolean> CURRENT = ScopedValue.newInstance();

  private RepeatableWork() {}

  /** Does the work, whose commits do not wait for the file. */
  public static <T> T call(Supplier<T> work) {
    return ScopedValue.where(CURRENT, true).call(work::get);
  }

  /** Says whether the work on this thread is repeatable. */
  public static boolean isCurrent() {
    return CURRENT.isBound();
  }
}
