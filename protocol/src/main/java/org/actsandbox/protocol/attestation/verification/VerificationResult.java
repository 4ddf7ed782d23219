package org.actsandbox.protocol.attestation.verification;

/** The seven results of the standard (ACT TSD-5). An outage is never a mismatch. */
public enum VerificationResult {
  VERIFIED,
  PAYLOAD_HASH_MISMATCH,
  SIGNATURE_INVALID,
  CHAIN_HASH_MISMATCH,
  ANCHOR_NOT_FOUND,
  ANCHOR_QUERY_TIMEOUT,
  PUBLIC_KEY_UNAVAILABLE;

  /** Nothing is known against the record: ask again later, or bring what is missing. */
  public boolean isInconclusive() {
    return this == ANCHOR_QUERY_TIMEOUT || this == PUBLIC_KEY_UNAVAILABLE;
  }
}
