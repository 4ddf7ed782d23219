package org.actsandbox.sandbox.psp.ledger;

import org.actsandbox.protocol.refusal.Refusal;

/** Books transfers; mutants replace it, {@link Ledger} is the standard implementation. */
@FunctionalInterface
public interface LedgerPort {

  /**
   * Books a transfer in the caller's transaction.
   *
   * @throws Refusal {@code insufficient_balance}; then the caller rolls back
   */
  void book(Transfer transfer);
}
