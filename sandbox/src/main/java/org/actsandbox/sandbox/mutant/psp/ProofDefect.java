package org.actsandbox.sandbox.mutant.psp;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.sandbox.mutant.PspDefect;

/** A defect of the payment service: it signs proofs that do not state what happened. */
record ProofDefect(UnaryOperator<ProofClaims> change) implements PspDefect {

  @Override
  public ProofClaims proofClaims(ProofClaims standard) {
    return change.apply(standard);
  }

  static ProofClaims cheaper(ProofClaims honest) {
    return copy(honest, honest.expiresAt(), honest.resourceId(), "0.01");
  }

  static ProofClaims withoutExpiry(ProofClaims honest) {
    var years = Duration.ofDays(3650);
    return copy(honest, honest.issuedAt().plus(years), honest.resourceId(), honest.amount());
  }

  static ProofClaims ofAnotherResource(ProofClaims honest) {
    return copy(honest, honest.expiresAt(), "fulfilment/any", honest.amount());
  }

  private static ProofClaims copy(
      ProofClaims original, Instant expiresAt, String resourceId, String amount) {
    return new ProofClaims(
        original.iss(),
        original.sub(),
        original.aud(),
        original.jti(),
        original.issuedAt(),
        expiresAt,
        original.tradeNo(),
        original.outTradeNo(),
        resourceId,
        amount,
        original.currency(),
        original.requestMethod(),
        original.requestFingerprint(),
        original.approvalDigest(),
        original.intentId(),
        original.delegationId());
  }
}
