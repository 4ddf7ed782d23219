package org.actsandbox.merchants.gate;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.merchants.psp.PspKeys;
import org.actsandbox.protocol.a402.PaymentProof;
import org.actsandbox.protocol.a402.PaymentProof.PresentedProof;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.proof.ProofValidation;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Validates a payment proof in the order of ACT A402-6: form, method, authenticity, consistency.
 */
final class ProofCheck {

  private final MerchantContext merchantContext;
  private final PspKeys keys;
  private final ParticipantClient psp;

  ProofCheck(MerchantContext merchantContext, PspKeys keys, ParticipantClient psp) {
    this.merchantContext = merchantContext;
    this.keys = keys;
    this.psp = psp;
  }

  /**
   * Returns what the payment service states, after checking method and version, signature, expiry
   * and audience.
   *
   * @throws Refusal {@code method_unsupported}, {@code proof_invalid}, {@code proof_expired},
   *     {@code proof_mismatch}; {@code proof_unverified} when the payment service's keys are not
   *     available
   */
  ProofClaims verifyAuthentic(PaymentProof proof, Instant now) {
    try {
      return ProofValidation.requireAuthentic(
          proof,
          merchantContext.world().psp().did().value(),
          merchantContext.did().value(),
          keys,
          now);
    } catch (Refusal refusal) {
      // The keys of the payment service are not there.
      throw refusal.problem() == Problem.UPSTREAM_FAILED
          ? ProofValidation.unverified(String.valueOf(refusal.observed()))
          : refusal;
    }
  }

  /**
   * Refuses a proof of money that went back.
   *
   * @throws Refusal {@code proof_revoked} when the money went back or the trade is closed, as far
   *     as this merchant was told
   */
  void requireNotRevoked(StoredOrder order) {
    if (order.trade() == TransactionState.TRADE_CLOSED
        || order.status() == OrderStatus.REFUNDED
        || order.status() == OrderStatus.CANCELLED) {
      throw revoked("the trade was closed or paid back");
    }
  }

  /**
   * Asks the payment service whether the proof is good now, and for what; does nothing in a world
   * that relies on the signature alone.
   *
   * @throws Refusal {@code proof_revoked}, {@code proof_invalid}, {@code proof_mismatch}; {@code
   *     proof_unverified} when it does not answer
   */
  void requireActive(PresentedProof presentedProof, StoredOrder order) {
    if (!merchantContext.world().gate().asksPaymentService().getAsBoolean()) {
      return;
    }
    var query = new PspMessages.ProofQuery(presentedProof.paymentProof(), presentedProof.tradeNo());
    var target = merchantContext.world().psp().at("/proofs/verify");
    var intent = Map.of("Act-Intent-Id", order.confirmed().intentId());
    switch (psp.post(target, query, intent)) {
      case ParticipantAnswer.Done(int _, var body) ->
          ProofValidation.requireConfirmed(
              body,
              presentedProof.tradeNo(),
              order.orderNo(),
              order.confirmed().resourceId(),
              order.total().decimal(),
              order.total().currency().getCurrencyCode());
      case ParticipantAnswer.Refused refused ->
          throw ProofValidation.refusedBy(refused.status(), refused.code());
      case ParticipantAnswer.Unknown unknown -> throw ProofValidation.unverified(unknown.detail());
    }
  }

  private static Refusal revoked(String why) {
    return new Refusal(Problem.PROOF_REVOKED, why).at("protocol.trade_no");
  }

  /**
   * Requires that the proof is for this order, this amount and this request, and that the header
   * repeats what the payment service states.
   *
   * @throws Refusal {@code proof_mismatch}, naming the field; {@code intent_mismatch}, {@code
   *     delegation_mismatch}
   */
  void requireConsistent(
      PresentedProof presentedProof,
      ProofClaims claims,
      StoredOrder order,
      ResourceRequest request) {
    ProofValidation.requirePurpose(
        presentedProof,
        claims,
        new ProofValidation.Purpose(
            order.orderNo(),
            order.confirmed().resourceId(),
            order.total().decimal(),
            order.total().currency().getCurrencyCode(),
            order.agentId(),
            request.method(),
            request.fingerprint(),
            request.idempotencyKey()));
    requireSameFlow(claims, order);
  }

  /**
   * Requires that the payment was made in the flow of the order (ACT TSD-2). If the payment service
   * names no intent, its statement is accepted; an order that names no delegation was billed before
   * bills named their flow.
   */
  private static void requireSameFlow(ProofClaims claims, StoredOrder order) {
    var intentId = claims.intentId();
    var confirmed = order.confirmed();
    if (intentId == null) {
      return;
    }
    requireEqual(Problem.INTENT_MISMATCH, "intent_id", confirmed.intentId(), intentId);
    if (confirmed.delegationId() != null) {
      requireEqual(
          Problem.DELEGATION_MISMATCH,
          "delegation_id",
          confirmed.delegationId(),
          String.valueOf(claims.delegationId()));
    }
  }

  private static void requireEqual(
      Problem problem, String field, String expected, String observed) {
    if (!expected.equals(observed)) {
      throw new Refusal(problem, "the proof has another " + field)
          .at("protocol." + field)
          .expected(expected)
          .observed(observed);
    }
  }
}
