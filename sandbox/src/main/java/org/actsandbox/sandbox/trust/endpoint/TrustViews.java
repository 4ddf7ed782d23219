package org.actsandbox.sandbox.trust.endpoint;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.attestation.verification.UpstreamVerifier;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.attestation.verification.VerificationResult;
import org.actsandbox.protocol.attestation.verification.VerificationStep;
import org.actsandbox.protocol.attestation.verification.VerificationStepOutcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the trust service shows. */
public final class TrustViews {

  private TrustViews() {}

  /**
   * @param anchors compact JWS, at most 64
   */
  record Submission(List<String> anchors) {}

  /**
   * @param status ANCHORED, EXISTING or REFUSED
   * @param differs true when the chain holds another payload hash for this record
   * @param problem why it is refused
   */
  record Submitted(
      @Nullable String recordId,
      String status,
      @Nullable Long height,
      @Nullable Boolean differs,
      @Nullable String problem) {}

  record Receipt(List<Submitted> items, @Nullable TreeHead head) {}

  /**
   * A place on the chain. Of a privacy channel that is not the caller's only the leaf hash is
   * shown.
   *
   * @param anchor compact JWS
   */
  record ChainLink(
      long height,
      String leafHash,
      String channel,
      Instant anchoredAt,
      @Nullable String anchor,
      @Nullable Anchor content) {}

  record AnchorView(ChainLink link, InclusionProof proof) {}

  record Consistency(long first, long second, List<String> path) {}

  /**
   * @param record exactly as its holder made it
   * @param height on the chain; absent until it is anchored
   */
  record RecordView(
      String recordId,
      String holder,
      @Nullable Long height,
      @Nullable String refusal,
      JsonNode record) {}

  /**
   * @param recordId of a record the trust service keeps
   * @param record or a record to be verified as it is shown
   * @param upstream also everything it follows from
   */
  record VerificationOrder(
      @Nullable String recordId, @Nullable JsonNode record, @Nullable Boolean upstream) {}

  /**
   * @param step the first that failed
   */
  record RecordVerificationView(
      String recordId,
      @Nullable String event,
      VerificationResult result,
      @Nullable VerificationStep step,
      @Nullable String reason,
      @Nullable String detail,
      @Nullable String signer,
      @Nullable Long height) {

    static TrustViews.RecordVerificationView of(Verification done) {
      var verificationFailure = done.reason();
      return new TrustViews.RecordVerificationView(
          done.recordId(),
          done.event() == null ? null : done.event().code(),
          done.result(),
          verificationFailure == null ? null : verificationFailure.step(),
          verificationFailure == null ? null : verificationFailure.code(),
          done.detail(),
          done.signer(),
          done.height());
    }
  }

  /**
   * @param steps the seven, as the first record has taken them
   */
  record ChainVerificationView(
      boolean verified,
      boolean complete,
      List<String> missing,
      List<VerificationStepOutcome> steps,
      List<TrustViews.RecordVerificationView> records) {

    static TrustViews.ChainVerificationView of(
        UpstreamVerifier.ChainVerification chainVerification) {
      return new TrustViews.ChainVerificationView(
          chainVerification.isVerified(),
          chainVerification.complete(),
          chainVerification.missing(),
          chainVerification.steps(),
          chainVerification.records().stream().map(TrustViews.RecordVerificationView::of).toList());
    }
  }
}
