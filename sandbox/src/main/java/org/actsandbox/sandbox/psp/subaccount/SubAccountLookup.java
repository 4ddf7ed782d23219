package org.actsandbox.sandbox.psp.subaccount;

import java.util.Optional;
import org.actsandbox.protocol.identity.VerificationKey;

/**
 * Finds the sub-account of a payment; mutants replace it, {@link SubAccounts} is the standard
 * implementation.
 */
public interface SubAccountLookup {

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code sub_account_unknown} when the id is
   *     unknown
   */
  SubAccount get(String id);

  /**
   * Finds and locks a sub-account until the transaction ends; this lock comes before those of
   * ledger accounts.
   */
  SubAccount lock(String id);

  /** Returns the dedicated key unless the account is cancelled. */
  Optional<VerificationKey> key(SubAccount account);
}
