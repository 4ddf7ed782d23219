package org.actsandbox.sandbox.key;

import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;

/**
 * Gives access to the principal's key by the payment PIN; an agent with all its own secrets cannot
 * use it.
 */
public interface PrincipalSigner {

  Did did();

  /**
   * Returns a signer that signs exactly one message.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code pin_wrong} if the check did not pass
   */
  Signer release(PinCheckResult check);
}
