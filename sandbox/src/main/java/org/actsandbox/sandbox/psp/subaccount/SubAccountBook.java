package org.actsandbox.sandbox.psp.subaccount;

import java.util.Optional;
import org.actsandbox.protocol.identity.VerificationKey;

/** Sub-accounts as a payment looks at them. */
public interface SubAccountBook {

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code sub_account_unknown} if there is none
   */
  SubAccount get(String id);

  /** Likewise, and keeps it as it is until the transaction ends; taken before the accounts'. */
  SubAccount lock(String id);

  /** The dedicated key, while the account lives. */
  Optional<VerificationKey> key(SubAccount account);
}
