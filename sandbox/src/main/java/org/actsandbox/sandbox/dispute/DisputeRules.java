package org.actsandbox.sandbox.dispute;

import java.time.Instant;
import java.util.function.Supplier;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.attestation.verification.VerificationFailure;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.sandbox.dispute.judgement.DisputedPurchase;

/**
 * Defines the decisions of the dispute service that mutants replace; the defaults are the
 * standard's rules.
 */
public interface DisputeRules {

  DisputeRules STANDARD = new DisputeRules() {};

  /** Returns the signer of a principal's claim, which is the principal itself. */
  default Signer claimSigner(Supplier<Signer> claimant, Signer service) {
    return claimant.get();
  }

  /** Tells whether evidence comes too late; the deadline itself is too late. */
  default boolean isOver(Instant now, Instant deadline) {
    return !now.isBefore(deadline);
  }

  /** Tells whether a record is about this purchase. */
  default boolean concerns(OffChainRecord record, DisputedPurchase disputedPurchase) {
    if (record.orderNo() != null) {
      return record.orderNo().equals(disputedPurchase.orderNo())
          && (record.tradeNo() == null || record.tradeNo().equals(disputedPurchase.tradeNo()));
    }
    if (record.delegationId() != null) {
      return record.delegationId().equals(disputedPurchase.delegationId());
    }
    return record.intentId().equals(disputedPurchase.intentId());
  }

  /** Tells whether a verification failed only because a service did not answer (ACT TSD-5). */
  default boolean isOutage(Verification verification) {
    var verificationFailure = verification.reason();
    return verificationFailure == VerificationFailure.CHAIN_NOT_ANSWERING
        || verificationFailure == VerificationFailure.KEYS_NOT_ANSWERING;
  }
}
