package org.actsandbox.protocol.attestation.verification;

import java.util.Locale;

/** Why a record is not verified, finer than the standard's seven results. */
public enum Reason {
  RECORD_MALFORMED(Step.FETCH_RECORD, VerificationResult.PAYLOAD_HASH_MISMATCH),
  KEY_NOT_FOUND(Step.OBTAIN_KEYS, VerificationResult.PUBLIC_KEY_UNAVAILABLE),
  KEYS_NOT_ANSWERING(Step.OBTAIN_KEYS, VerificationResult.PUBLIC_KEY_UNAVAILABLE),
  PAYLOAD_CHANGED(Step.RECOMPUTE_HASH, VerificationResult.PAYLOAD_HASH_MISMATCH),
  SIGNER_TOOK_NO_PART(Step.CHECK_SIGNATURES, VerificationResult.SIGNATURE_INVALID),
  REPORTER_DID_NOT_SIGN(Step.CHECK_SIGNATURES, VerificationResult.SIGNATURE_INVALID),
  SIGNATURE_WRONG(Step.CHECK_SIGNATURES, VerificationResult.SIGNATURE_INVALID),
  CHAIN_NOT_ANSWERING(Step.CHECK_ANCHOR, VerificationResult.ANCHOR_QUERY_TIMEOUT),
  NOT_ON_CHAIN(Step.CHECK_ANCHOR, VerificationResult.ANCHOR_NOT_FOUND),
  CHAIN_KEY_NOT_FOUND(Step.CHECK_ANCHOR, VerificationResult.PUBLIC_KEY_UNAVAILABLE),
  ANCHOR_BROKEN(Step.CHECK_ANCHOR, VerificationResult.CHAIN_HASH_MISMATCH),
  ANCHOR_DIFFERS(Step.CHECK_ANCHOR, VerificationResult.CHAIN_HASH_MISMATCH),
  HEAD_NOT_SIGNED(Step.CHECK_ANCHOR, VerificationResult.CHAIN_HASH_MISMATCH),
  NOT_INCLUDED(Step.CHECK_ANCHOR, VerificationResult.CHAIN_HASH_MISMATCH);

  private final Step step;
  private final VerificationResult result;

  Reason(Step step, VerificationResult result) {
    this.step = step;
    this.result = result;
  }

  /** Where it comes to light. */
  public Step step() {
    return step;
  }

  public VerificationResult result() {
    return result;
  }

  /** {@code payload_changed}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
