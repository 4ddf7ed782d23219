package org.actsandbox.protocol.attestation.verification;

import org.actsandbox.protocol.attestation.EventType;
import org.jspecify.annotations.Nullable;

/**
 * What came of verifying one record.
 *
 * @param event null when the record could not be read
 * @param reason null for a verified record
 * @param detail for people: which signer, which field
 * @param signer whose signature or key failed, if it is about one (ACT TSD-5)
 * @param height where the chain holds its anchor, as far as that was found out
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
