package org.actsandbox.sandbox.mutant.psp;

import java.util.Optional;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.sandbox.mutant.PspDefect;

/**
 * A defect of the payment service: it accepts credentials that the delegation service never issued.
 */
final class UnissuedCredentialAccepted implements PspDefect {

  @Override
  public Optional<DelegationState> unissued(Optional<DelegationState> standard) {
    return Optional.of(DelegationState.ACTIVE);
  }
}
