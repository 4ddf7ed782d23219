package org.actsandbox.sandbox.mutant.trust;

import java.util.Set;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.verification.ChainWalk;
import org.actsandbox.protocol.attestation.verification.Reason;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.attestation.verification.VerificationResult;
import org.actsandbox.sandbox.mutant.TrustDefect;
import org.actsandbox.sandbox.trust.TrustParts;
import org.actsandbox.sandbox.trust.Verifying;
import org.actsandbox.sandbox.world.World;

/** Verifies, and does not see everything that is wrong. */
@FunctionalInterface
interface OnVerdicts extends TrustDefect {

  Verifying verifying(Verifying honest);

  @Override
  default TrustParts parts(World world) {
    return new TrustParts() {
      @Override
      public Verifying verifying(Verifying standard) {
        return OnVerdicts.this.verifying(standard);
      }
    };
  }

  static OnVerdicts blindTo(Reason... reasons) {
    var unseen = Set.of(reasons);
    return honest ->
        new Verifying() {
          @Override
          public ChainWalk.Walk verify(String recordId, boolean upstream) {
            return seen(honest.verify(recordId, upstream));
          }

          @Override
          public ChainWalk.Walk verify(String recordId, RecordCodec.Reading shown) {
            return seen(honest.verify(recordId, shown));
          }

          private ChainWalk.Walk seen(ChainWalk.Walk walk) {
            return walk.map(
                each ->
                    each.reason() != null && unseen.contains(each.reason())
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

  static Verifying withoutCauses(Verifying honest) {
    return new Verifying() {
      @Override
      public ChainWalk.Walk verify(String recordId, boolean upstream) {
        return honest.verify(recordId, false);
      }

      @Override
      public ChainWalk.Walk verify(String recordId, RecordCodec.Reading shown) {
        return honest.verify(recordId, shown);
      }
    };
  }
}
