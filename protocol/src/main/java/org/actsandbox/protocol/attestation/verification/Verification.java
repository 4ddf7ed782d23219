package org.actsandbox.protocol.attestation.verification;

import org.actsandbox.protocol.attestation.EventType;
import org.jspecify.annotations.Nullable;

/**
 * The result of verifying one record.
 *
 * @param event null if the record could not be read
 * @param reason null for a verified record
 * @param detail text for people: which signer, which field
 * @param signer the key or participant of the signature that failed (ACT TSD-5); null if the
 *     failure has another cause
 * @param height the position of its anchor on the chain, from 1; null unless verified
 */
public record Verification(
    String recordId,
    @Nullable EventType event,
    VerificationResult result,
    @Nullable VerificationFailure reason,
    @Nullable String detail,
    @Nullable String signer,
    @Nullable Long height) {

  public boolean isVerified() {
    return result == VerificationResult.VERIFIED;
  }
}
