package org.actsandbox.participant;

import java.util.function.Supplier;

/**
 * Marks changes that need not be in the database file before an answer: what they say is found out
 * again after a crash, because the sender repeats what has no mark of success, and the receiver
 * recognizes a repetition.
 *
 * <p>The file has the changes of a process in the order of their commits. So a later change that is
 * in the file, such as the sender's mark of success, never outlives an earlier one like the
 * receiver's. H2 writes them with the next change that an answer waits for, after half a second at
 * the latest; a database that itself returns from a commit only when it is durable does so here,
 * too.
 */
public final class RepeatableWork {

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
