package org.actsandbox.sandbox.mutant.trust;

import java.util.Set;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.verification.UpstreamVerifier;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.attestation.verification.VerificationFailure;
import org.actsandbox.protocol.attestation.verification.VerificationResult;
import org.actsandbox.sandbox.mutant.TrustDefect;
import org.actsandbox.sandbox.trust.TrustVerifier;
import org.actsandbox.sandbox.trust.endpoint.TrustParts;
import org.actsandbox.sandbox.world.World;

/** A defect of the trust service: it verifies records and overlooks some failures. */
@FunctionalInterface
interface VerificationDefect extends TrustDefect {

  TrustVerifier verifier(TrustVerifier honest);

  @Override
  default TrustParts parts(World world) {
    return new TrustParts() {
      @Override
      public TrustVerifier trustVerifier(TrustVerifier standard) {
        return VerificationDefect.this.verifier(standard);
      }
    };
  }

  static VerificationDefect overlooking(VerificationFailure... reasons) {
    var overlooked = Set.of(reasons);
    return honest ->
        new TrustVerifier() {
          @Override
          public UpstreamVerifier.ChainVerification verify(String recordId, boolean upstream) {
            return withoutOverlooked(honest.verify(recordId, upstream));
          }

          @Override
          public UpstreamVerifier.ChainVerification verify(
              String recordId, RecordCodec.ReadResult shown) {
            return withoutOverlooked(honest.verify(recordId, shown));
          }

          private UpstreamVerifier.ChainVerification withoutOverlooked(
              UpstreamVerifier.ChainVerification chainVerification) {
            return chainVerification.mapRecords(
                each ->
                    each.reason() != null && overlooked.contains(each.reason())
                        ? verified(each)
                        : each);
          }
        };
  }

  private static Verification verified(Verification failed) {
    return new Verification(
        failed.recordId(),
        failed.event(),
        VerificationResult.VERIFIED,
        null,
        null,
        null,
        failed.height());
  }

  static TrustVerifier withoutCauses(TrustVerifier honest) {
    return new TrustVerifier() {
      @Override
      public UpstreamVerifier.ChainVerification verify(String recordId, boolean upstream) {
        return honest.verify(recordId, false);
      }

      @Override
      public UpstreamVerifier.ChainVerification verify(
          String recordId, RecordCodec.ReadResult shown) {
        return honest.verify(recordId, shown);
      }
    };
  }
}
