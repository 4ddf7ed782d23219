package org.actsandbox.sandbox.psp.ledger;

import org.actsandbox.protocol.refusal.Refusal;

/** Where money moves. */
@FunctionalInterface
public interface LedgerPort {

  /**
   * Books a transfer in the caller's transaction.
   *
   * @throws Refusal {@code insufficient_balance}; then the caller rolls back
   */
  void book(Transfer transfer);
}
