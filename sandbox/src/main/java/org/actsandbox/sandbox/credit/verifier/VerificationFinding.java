package org.actsandbox.sandbox.credit.verifier;

import org.actsandbox.protocol.credit.AssociationCredential;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.CreditLevel;
import org.actsandbox.protocol.credit.code.CreditReason;
import org.jspecify.annotations.Nullable;

/**
 * Holds what has come out of a verification until now.
 *
 * @param isPermitted whether an authorization permits the request, which is counted then
 * @param authorizationId the authorization that the subject gave while the request waited
 */
record VerificationFinding(
    CreditReason reason,
    AssociationState state,
    CreditLevel completed,
    @Nullable AssociationCredential credential,
    boolean isPermitted,
    @Nullable String authorizationId) {

  /** Starts with a finding that no authorization has a part in. */
  VerificationFinding(
      CreditReason reason,
      AssociationState state,
      CreditLevel completed,
      @Nullable AssociationCredential credential) {
    this(reason, state, completed, credential, false, null);
  }

  VerificationFinding with(CreditReason other) {
    return new VerificationFinding(
        other, state, completed, credential, isPermitted, authorizationId);
  }

  VerificationFinding completing(CreditLevel level) {
    return new VerificationFinding(reason, state, level, credential, isPermitted, authorizationId);
  }

  VerificationFinding permitted() {
    return new VerificationFinding(reason, state, completed, credential, true, authorizationId);
  }

  VerificationFinding under(String given) {
    return new VerificationFinding(reason, state, completed, credential, isPermitted, given);
  }

  /** Returns the finding about the credential alone: the authorization does not permit more. */
  VerificationFinding refused(CreditReason why) {
    return new VerificationFinding(
        why, state, CreditLevel.CREDENTIAL, credential, false, authorizationId);
  }

  static VerificationFinding before(CreditReason reason) {
    return new VerificationFinding(reason, AssociationState.PENDING, CreditLevel.CREDENTIAL, null);
  }
}
