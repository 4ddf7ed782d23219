package org.actsandbox.protocol.credit;

/** Lists the two levels of a verification (ACT CRD-3). */
public enum CreditLevel {
  CREDENTIAL,
  ASSOCIATED_CREDIT
}
