package org.actsandbox.merchants.train.seat;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Runs an action after the commit of the caller's transaction, such as the update of a cache. */
public final class AfterCommitAction {

  private AfterCommitAction() {}

  /** Runs the action after the commit, never after a rollback; at once without a transaction. */
  public static void run(Runnable action) {
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
