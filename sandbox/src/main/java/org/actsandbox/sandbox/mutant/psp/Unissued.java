package org.actsandbox.sandbox.mutant.psp;

import java.util.Optional;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.sandbox.mutant.PspDefect;

/** Takes what the delegation service never issued for a credential in force. */
final class Unissued implements PspDefect {

  @Override
  public Optional<DelegationState> unissued(Optional<DelegationState> standard) {
    return Optional.of(DelegationState.ACTIVE);
  }
}
