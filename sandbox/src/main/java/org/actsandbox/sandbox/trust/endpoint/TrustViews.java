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
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.trust.chain.AnchorChain;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Groups the messages in which the trust service shows anchors, records and verifications. */
public final class TrustViews {

  private TrustViews() {}

  /**
   * Represents a request to append anchors.
   *
   * @param anchors compact JWS, at most 64
   */
  record Submission(List<String> anchors) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      if (anchors != null && (anchors.isEmpty() || anchors.size() > AnchorChain.MAX_BATCH)) {
        mistakes.check(
            () -> {
              throw FieldChecks.invalid(
                  "anchors",
                  "1 to " + AnchorChain.MAX_BATCH + " anchors",
                  String.valueOf(anchors.size()));
            });
      }
    }
  }

  /**
   * Represents the result for one submitted anchor.
   *
   * @param status ANCHORED, EXISTING or REFUSED
   * @param differs true when the chain holds another payload hash for this record
   * @param problem why the anchor is refused
   */
  record Submitted(
      @Nullable String recordId,
      String status,
      @Nullable Long height,
      @Nullable Boolean differs,
      @Nullable String problem) {}

  record Receipt(List<Submitted> items, @Nullable TreeHead head) {}

  /**
   * Represents one anchor on the chain. In a privacy channel that the caller may not read only its
   * leaf hash is shown.
   *
   * @param anchor the anchor as a compact JWS
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
   * Represents a record as it is stored.
   *
   * @param record the record exactly as its holder made it
   * @param height the record's height on the chain; absent until it is anchored
   */
  record RecordView(
      String recordId,
      String holder,
      @Nullable Long height,
      @Nullable String refusal,
      JsonNode record) {}

  /**
   * Represents a request to verify a record.
   *
   * @param recordId the id of a record that the trust service stores
   * @param record the record itself, to verify exactly this form
   * @param upstream whether to verify its upstream records, too
   */
  record VerificationOrder(
      @Nullable String recordId, @Nullable JsonNode record, @Nullable Boolean upstream)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("record_id", recordId, 128);
    }
  }

  /**
   * Represents the result of verifying one record.
   *
   * @param step the first step that failed
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
   * Represents the result of verifying a record with its upstream records.
   *
   * @param steps the seven steps for the record itself
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
