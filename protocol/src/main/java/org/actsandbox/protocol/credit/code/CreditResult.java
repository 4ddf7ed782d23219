package org.actsandbox.protocol.credit.code;

/** Lists the results of a verification (ACT CRD-3). */
public enum CreditResult {
  PASS,
  FAIL,
  INCONCLUSIVE,
  REVIEW_REQUIRED
}
