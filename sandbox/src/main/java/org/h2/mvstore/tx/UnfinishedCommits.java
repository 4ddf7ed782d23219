package org.h2.mvstore.tx;

import java.lang.ScopedValue.CallableOp;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets H2 take back the commits that a crash interrupted, where the redo log has them whole.
 *
 * <p>H2 would complete such a commit by the undo log of its transaction: it gives each key in it
 * its last value if that has the number of the operation in the undo log. But H2 writes the maps of
 * a version one after another, and gives the numbers of a transaction that has ended to the next
 * one. So that value may be one that the next transaction has not committed.
 */
public final class UnfinishedCommits {

  private static final ScopedValue<Boolean> OPENING = ScopedValue.newInstance();

  /** Status of a transaction and number of its operations; H2 changes it only forwards. */
  private static final Field STATE = state();

  private static final int NUMBER_BITS = Transaction.LOG_ID_BITS + 1;

  private UnfinishedCommits() {}

  /** Opens a database, in which {@link #takeBack} is then called for each table. */
  public static <T, X extends Throwable> T takenBack(CallableOp<T, X> open) throws X {
    return ScopedValue.where(OPENING, true).call(open);
  }

  /**
   * Makes interrupted commits open transactions, which H2 takes back when it has opened all tables.
   * Does nothing unless the database is opened by {@link #takenBack}.
   *
   * @param transactions those of the database that is being opened
   */
  public static void takeBack(TransactionStore transactions) {
    if (!OPENING.isBound()) {
      return;
    }
    for (var transaction : transactions.getOpenTransactions()) {
      if (transaction.getStatus() == Transaction.STATUS_COMMITTED) {
        // Its last entry only says that it was committed.
        transactions.removeUndoLogRecord(transaction.transactionId);
        reopen(transaction);
      }
    }
  }

  private static void reopen(Transaction transaction) {
    try {
      var state = (AtomicLong) STATE.get(transaction);
      long number = state.get() & ((1L << NUMBER_BITS) - 1);
      state.set((long) Transaction.STATUS_OPEN << NUMBER_BITS | number);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException("the field was made accessible", impossible);
    }
  }

  private static Field state() {
    try {
      var field = Transaction.class.getDeclaredField("statusAndLogId");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException otherVersion) {
      throw new IllegalStateException("another version of H2 than 2.4.240", otherVersion);
    }
  }
}
