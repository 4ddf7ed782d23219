package org.actsandbox.sandbox.mutant.psp;

import java.util.Optional;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.subaccount.SubAccount;
import org.actsandbox.sandbox.psp.subaccount.SubAccountLookup;

/** A defect of the payment service: it treats every sub-account as active. */
record IgnoredSubAccountStatus() implements PspDefect {

  @Override
  public SubAccountLookup subAccountLookup(SubAccountLookup honest) {
    return new SubAccountLookup() {

      @Override
      public SubAccount get(String id) {
        return active(honest.get(id));
      }

      @Override
      public SubAccount lock(String id) {
        return active(honest.lock(id));
      }

      @Override
      public Optional<VerificationKey> key(SubAccount account) {
        return honest.key(account);
      }
    };
  }

  private static SubAccount active(SubAccount account) {
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
