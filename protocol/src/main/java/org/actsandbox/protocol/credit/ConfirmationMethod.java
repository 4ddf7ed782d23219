package org.actsandbox.protocol.credit;

/** Lists the ways in which a subject confirms an association (ACT CRD-5). */
public enum ConfirmationMethod {
  /** The subject signs itself, and the issuer signs over that. */
  DIRECT_SIGNATURE,
  /** The credit service attests what the subject confirmed, and only the issuer signs. */
  ATTESTED_CONFIRMATION
}
