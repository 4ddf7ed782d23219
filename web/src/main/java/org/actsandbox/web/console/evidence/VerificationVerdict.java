package org.actsandbox.web.console.evidence;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.protocol.attestation.verification.UpstreamVerifier;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.attestation.verification.VerificationFailure;
import org.actsandbox.protocol.attestation.verification.VerificationStep;
import org.actsandbox.protocol.attestation.verification.VerificationStepOutcome;
import org.actsandbox.sandbox.trust.chain.AnchorTrace;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.actsandbox.web.console.picture.CausesPicture;
import org.actsandbox.web.console.picture.MerklePicture;
import org.jspecify.annotations.Nullable;

/**
 * Shows the result of verifying a record and its causes.
 *
 * @param own verification of the requested record; null when the record cannot be found
 * @param firstBroken verification of the first failed record, other than the requested one; null
 *     for none
 * @param merkle the record's way to the head; null unless the chain disagrees with the record
 */
record VerificationVerdict(
    String recordId,
    boolean verified,
    List<VerificationStepOutcome> steps,
    @Nullable Verification own,
    @Nullable Verification firstBroken,
    List<String> missing,
    @Nullable MerklePicture merkle,
    CausesPicture causes) {

  static VerificationVerdict of(
      String recordId,
      UpstreamVerifier.ChainVerification chainVerification,
      Function<String, Optional<StoredRecord>> records,
      Function<String, Optional<AnchorTrace>> traces) {
    var own = chainVerification.records().isEmpty() ? null : chainVerification.records().getFirst();
    var found =
        chainVerification.records().stream()
            .flatMap(each -> records.apply(each.recordId()).stream())
            .toList();
    return new VerificationVerdict(
        recordId,
        chainVerification.isVerified(),
        chainVerification.steps(),
        own,
        chainVerification.records().stream()
            .skip(1)
            .filter(each -> !each.isVerified())
            .findFirst()
            .orElse(null),
        chainVerification.missing(),
        merkle(traces, recordId, own),
        CausesPicture.of(found, chainVerification.records(), chainVerification.missing()));
  }

  /**
   * Draws the record's way to the head if the chain disagrees with the record. A chain that does
   * not answer has nothing to draw.
   */
  private static @Nullable MerklePicture merkle(
      Function<String, Optional<AnchorTrace>> traces, String recordId, @Nullable Verification own) {
    var verificationFailure = own == null ? null : own.reason();
    return verificationFailure == null
            || verificationFailure.step() != VerificationStep.CHECK_ANCHOR
            || verificationFailure == VerificationFailure.CHAIN_NOT_ANSWERING
        ? null
        : traces
            .apply(recordId)
            .map(anchorTrace -> MerklePicture.of(anchorTrace, verificationFailure))
            .orElse(null);
  }
}
