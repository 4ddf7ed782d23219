package org.actsandbox.sandbox.dispute;

import java.time.Instant;
import java.util.function.Supplier;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.attestation.verification.VerificationFailure;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.sandbox.dispute.judgement.DisputedPurchase;

/** What the service decides by; honest unless somebody builds another service. */
public interface DisputeRules {

  DisputeRules STANDARD = new DisputeRules() {};

  /** Who signs what the principal claims: the principal, and nobody in its place. */
  default Signer claimSigner(Supplier<Signer> claimant, Signer service) {
    return claimant.get();
  }

  /** Whether no evidence counts any more: the deadline itself is too late. */
  default boolean isOver(Instant now, Instant deadline) {
    return !now.isBefore(deadline);
  }

  /** Whether a record is about this purchase, and not about another one. */
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

  /** Whether nothing is known against the record: somebody did not answer (ACT TSD-5). */
  default boolean isOutage(Verification verification) {
    var verificationFailure = verification.reason();
    return verificationFailure == VerificationFailure.CHAIN_NOT_ANSWERING
        || verificationFailure == VerificationFailure.KEYS_NOT_ANSWERING;
  }
}
