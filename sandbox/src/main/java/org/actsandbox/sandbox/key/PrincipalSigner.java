package org.actsandbox.sandbox.key;

import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;

/** The principal's key, behind the payment PIN: an agent with all its own secrets gets nothing. */
public interface PrincipalSigner {

  Did did();

  /**
   * A signer that signs exactly one message.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code pin_wrong} if the check did not pass
   */
  Signer release(PinCheckResult check);
}
