package org.actsandbox.sandbox.mutant.psp;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.sandbox.mutant.PspDefect;

/** Signs proofs that say something else than what happened. */
record OnProofs(UnaryOperator<ProofClaims> change) implements PspDefect {

  @Override
  public ProofClaims claims(ProofClaims standard) {
    return change.apply(standard);
  }

  static ProofClaims cheaper(ProofClaims honest) {
    return copy(honest, honest.expiresAt(), honest.resourceId(), "0.01");
  }

  static ProofClaims everlasting(ProofClaims honest) {
    var years = Duration.ofDays(3650);
    return copy(honest, honest.issuedAt().plus(years), honest.resourceId(), honest.amount());
  }

  static ProofClaims ofAnotherResource(ProofClaims honest) {
    return copy(honest, honest.expiresAt(), "fulfilment/any", honest.amount());
  }

  private static ProofClaims copy(
      ProofClaims of, Instant expiresAt, String resourceId, String amount) {
    return new ProofClaims(
        of.iss(),
        of.sub(),
        of.aud(),
        of.jti(),
        of.issuedAt(),
        expiresAt,
        of.tradeNo(),
        of.outTradeNo(),
        resourceId,
        amount,
        of.currency(),
        of.requestMethod(),
        of.requestFingerprint(),
        of.approvalDigest(),
        of.intentId(),
        of.delegationId());
  }
}
