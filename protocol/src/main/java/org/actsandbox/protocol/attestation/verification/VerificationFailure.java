package org.actsandbox.protocol.attestation.verification;

import java.util.Locale;

/** Lists the reasons why a record is not verified, finer than the standard's seven results. */
public enum VerificationFailure {
  RECORD_MALFORMED(VerificationStep.FETCH_RECORD, VerificationResult.PAYLOAD_HASH_MISMATCH),
  KEY_NOT_FOUND(VerificationStep.OBTAIN_KEYS, VerificationResult.PUBLIC_KEY_UNAVAILABLE),
  KEYS_NOT_ANSWERING(VerificationStep.OBTAIN_KEYS, VerificationResult.PUBLIC_KEY_UNAVAILABLE),
  PAYLOAD_CHANGED(VerificationStep.RECOMPUTE_HASH, VerificationResult.PAYLOAD_HASH_MISMATCH),
  SIGNER_TOOK_NO_PART(VerificationStep.CHECK_SIGNATURES, VerificationResult.SIGNATURE_INVALID),
  REPORTER_DID_NOT_SIGN(VerificationStep.CHECK_SIGNATURES, VerificationResult.SIGNATURE_INVALID),
  SIGNATURE_WRONG(VerificationStep.CHECK_SIGNATURES, VerificationResult.SIGNATURE_INVALID),
  CHAIN_NOT_ANSWERING(VerificationStep.CHECK_ANCHOR, VerificationResult.ANCHOR_QUERY_TIMEOUT),
  NOT_ON_CHAIN(VerificationStep.CHECK_ANCHOR, VerificationResult.ANCHOR_NOT_FOUND),
  CHAIN_KEY_NOT_FOUND(VerificationStep.CHECK_ANCHOR, VerificationResult.PUBLIC_KEY_UNAVAILABLE),
  ANCHOR_BROKEN(VerificationStep.CHECK_ANCHOR, VerificationResult.CHAIN_HASH_MISMATCH),
  ANCHOR_DIFFERS(VerificationStep.CHECK_ANCHOR, VerificationResult.CHAIN_HASH_MISMATCH),
  HEAD_NOT_SIGNED(VerificationStep.CHECK_ANCHOR, VerificationResult.CHAIN_HASH_MISMATCH),
  NOT_INCLUDED(VerificationStep.CHECK_ANCHOR, VerificationResult.CHAIN_HASH_MISMATCH);

  private final VerificationStep step;
  private final VerificationResult result;

  VerificationFailure(VerificationStep step, VerificationResult result) {
    this.step = step;
    this.result = result;
  }

  /** Returns the step in which verification finds this failure. */
  public VerificationStep step() {
    return step;
  }

  public VerificationResult result() {
    return result;
  }

  /** Returns the name on the wire, such as {@code payload_changed}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
