package org.actsandbox.protocol.refusal;

/** Where in a purchase an error happened (published A402 error schema). */
public enum ErrorPhase {
  REQUIREMENT,
  AUTHORIZATION,
  PAYMENT,
  PROOF_VALIDATION,
  DELIVERY,
  FULFILLMENT,
  EVIDENCE
}
