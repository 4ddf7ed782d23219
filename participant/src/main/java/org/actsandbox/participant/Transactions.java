package org.actsandbox.participant;

import java.util.Objects;
import java.util.function.Supplier;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs a participant's work in transactions: all of it or nothing. A transaction that loses a race
 * for a lock is tried again, so the work writes rows and does nothing else that counts twice.
 */
public final class Transactions {

  private static final Logger log = LoggerFactory.getLogger(Transactions.class);
  private static final int ATTEMPTS = 3;

  private final TransactionOperations spring;

  public Transactions(TransactionOperations spring) {
    this.spring = spring;
  }

  /**
   * Runs {@code work} in the transaction of the caller, or else in one of its own. Only the
   * outermost one is tried again, because a lost race has rolled back all of it.
   *
   * @throws Refusal {@code unavailable} when the database stays contended; every other exception of
   *     the work rolls back and is thrown
   */
  public <T> T execute(Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return work.get();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return Objects.requireNonNull(spring.execute(_ -> work.get()));
      } catch (TransientDataAccessException contended) {
        if (attempt == ATTEMPTS) {
          log.warn("gave up after {} attempts", attempt, contended);
          throw new Refusal(Problem.UNAVAILABLE, "too many others want the same thing at once")
              .remedy("Send the same request again.");
        }
      }
    }
  }

  /** Does the same for work without a result. */
  public void executeWithoutResult(Runnable work) {
    execute(
        () -> {
          work.run();
          return true;
        });
  }

  /** Runs {@code work} in a transaction and rolls it back, for the database's answer alone. */
  public <T> T executeAndRollBack(Supplier<T> work) {
    return Objects.requireNonNull(
        spring.execute(
            status -> {
              status.setRollbackOnly();
              return work.get();
            }));
  }

  /**
   * Runs {@code action} after the commit of the caller's transaction, such as the update of a
   * cache; never after a rollback, and at once without a transaction.
   */
  public static void afterCommit(Runnable action) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      action.run();
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }
}
