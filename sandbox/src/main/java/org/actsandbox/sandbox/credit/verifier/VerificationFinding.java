package org.actsandbox.sandbox.credit.verifier;

import org.actsandbox.protocol.credit.AssociationCredential;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.CreditLevel;
import org.actsandbox.protocol.credit.code.CreditReason;
import org.jspecify.annotations.Nullable;

/** Holds what has come out of a verification until now. */
record VerificationFinding(
    CreditReason reason,
    AssociationState state,
    CreditLevel completed,
    @Nullable AssociationCredential credential) {

  VerificationFinding with(CreditReason other) {
    return new VerificationFinding(other, state, completed, credential);
  }

  VerificationFinding completing(CreditLevel level) {
    return new VerificationFinding(reason, state, level, credential);
  }

  static VerificationFinding before(CreditReason reason) {
    return new VerificationFinding(reason, AssociationState.PENDING, CreditLevel.CREDENTIAL, null);
  }
}
