package org.actsandbox.protocol.refusal;

/** Lists the phases of a purchase in which an error can happen (published A402 error schema). */
public enum ErrorPhase {
  REQUIREMENT,
  AUTHORIZATION,
  PAYMENT,
  PROOF_VALIDATION,
  DELIVERY,
  FULFILLMENT,
  EVIDENCE
}
