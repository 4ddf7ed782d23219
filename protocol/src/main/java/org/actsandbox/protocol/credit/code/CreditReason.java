package org.actsandbox.protocol.credit.code;

/** Lists the reason codes of a verification, each with the result that it explains (ACT CRD-3). */
public enum CreditReason {
  VERIFIED(CreditResult.PASS),
  INVALID_REQUEST(CreditResult.FAIL),
  REQUEST_PROOF_INVALID(CreditResult.FAIL),
  REQUEST_EXPIRED(CreditResult.FAIL),
  REPLAY_DETECTED(CreditResult.FAIL),
  AUTHORIZATION_REQUIRED(CreditResult.FAIL),
  AUTHORIZATION_EXPIRED(CreditResult.FAIL),
  AUTHORIZATION_REVOKED(CreditResult.FAIL),
  /** Ours: a request beyond the frequency limit has it too, because no code names that. */
  AUTHORIZATION_SCOPE_MISMATCH(CreditResult.FAIL),
  AGENT_NOT_REGISTERED(CreditResult.FAIL),
  ASSOCIATION_CREDENTIAL_NOT_FOUND(CreditResult.FAIL),
  ASSOCIATION_CREDENTIAL_NOT_ACTIVE(CreditResult.FAIL),
  ASSOCIATION_PROOF_INVALID(CreditResult.FAIL),
  CREDIT_ASSERTION_UNAVAILABLE(CreditResult.INCONCLUSIVE),
  CREDIT_ASSERTION_INVALID(CreditResult.FAIL),
  MAPPING_POLICY_UNSUPPORTED(CreditResult.INCONCLUSIVE),
  INCONCLUSIVE(CreditResult.INCONCLUSIVE),
  REVIEW_REQUIRED(CreditResult.REVIEW_REQUIRED);

  private final CreditResult result;

  CreditReason(CreditResult result) {
    this.result = result;
  }

  public CreditResult result() {
    return result;
  }
}
