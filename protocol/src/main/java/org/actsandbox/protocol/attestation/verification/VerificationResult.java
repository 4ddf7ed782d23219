package org.actsandbox.protocol.attestation.verification;

/** Lists the seven results of the standard (ACT TSD-5). An outage is never a mismatch. */
public enum VerificationResult {
  VERIFIED,
  PAYLOAD_HASH_MISMATCH,
  SIGNATURE_INVALID,
  CHAIN_HASH_MISMATCH,
  ANCHOR_NOT_FOUND,
  ANCHOR_QUERY_TIMEOUT,
  PUBLIC_KEY_UNAVAILABLE;

  /**
   * Returns whether the record is neither verified nor refuted: verify again later, or supply the
   * missing key.
   */
  public boolean isInconclusive() {
    return this == ANCHOR_QUERY_TIMEOUT || this == PUBLIC_KEY_UNAVAILABLE;
  }
}
