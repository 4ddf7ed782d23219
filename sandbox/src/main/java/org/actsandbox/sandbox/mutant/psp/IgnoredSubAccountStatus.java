package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.subaccount.SubAccount;

/** A defect of the payment service: it treats every sub-account as active. */
record IgnoredSubAccountStatus() implements PspDefect {

  @Override
  public SubAccount subAccount(SubAccount account) {
    return new SubAccount(
        account.id(),
        account.principal(),
        account.agent(),
        account.account(),
        account.currency(),
        account.label(),
        SubAccount.Status.ACTIVE,
        account.jwk(),
        account.openedAt(),
        account.changedAt());
  }
}
