package org.actsandbox.merchants.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.merchants.psp.PspKeys;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.PaymentProof;
import org.actsandbox.protocol.a402.PaymentProof.PresentedProof;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.SenderChecks;
import tools.jackson.databind.JsonNode;

/**
 * Validates a payment proof in the order of ACT A402-6: form, method, authenticity, consistency.
 */
final class ProofCheck {

  private static final String PSP_ID = "psp_id";

  /** A proof may be dated this far ahead, because the clocks of two services differ. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  /**
   * Ours: one second is long enough after a lost answer, and in an outage it keeps the repeated
   * requests few.
   */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final MerchantContext merchantContext;
  private final PspKeys keys;
  private final ParticipantClient psp;

  ProofCheck(MerchantContext merchantContext, PspKeys keys, ParticipantClient psp) {
    this.merchantContext = merchantContext;
    this.keys = keys;
    this.psp = psp;
  }

  /**
   * Reads the content of the header; nothing in it is proven yet.
   *
   * @throws Refusal {@code header_too_large}, {@code header_malformed}
   */
  static PaymentProof read(String header) {
    var tree = A402Headers.decode(A402Headers.PAYMENT_PROOF, header);
    var proof = JsonMessage.bind(tree, PaymentProof.class, "", Problem.HEADER_MALFORMED);
    if (!tree.path("method").path(PSP_ID).isString()) {
      throw new Refusal(Problem.HEADER_MALFORMED, "the method layer names no payment service")
          .at("method." + PSP_ID)
          .expected("the psp_id of the bill");
    }
    return proof;
  }

  /**
   * Returns what the payment service states, after checking method and version, signature, expiry
   * and audience.
   *
   * @throws Refusal {@code method_unsupported}, {@code proof_invalid}, {@code proof_expired},
   *     {@code proof_mismatch}, {@code upstream_failed}
   */
  ProofClaims verifyAuthentic(PaymentProof proof, Instant now) {
    var presentedProof = proof.protocol();
    requireEqual(
        Problem.METHOD_UNSUPPORTED,
        "method_id",
        PaymentNeeded.METHOD_ID,
        presentedProof.methodId());
    requireEqual(
        Problem.METHOD_UNSUPPORTED,
        "method_version",
        PaymentNeeded.METHOD_VERSION,
        presentedProof.methodVersion());
    var psp = merchantContext.world().psp().did().value();
    var named = String.valueOf(proof.method().get(PSP_ID));
    if (!psp.equals(named)) {
      throw new Refusal(Problem.METHOD_UNSUPPORTED, "the proof is of another payment service")
          .at("method." + PSP_ID)
          .expected(psp)
          .observed(named);
    }
    var claims = verifySignature(presentedProof);
    SenderChecks.requireId("protocol.trade_no", claims.tradeNo(), Problem.PROOF_INVALID);
    SenderChecks.requireId("protocol.payment_proof", claims.jti(), Problem.PROOF_INVALID);
    requireEqual(Problem.PROOF_INVALID, "payment_proof", psp, claims.iss());
    if (!now.isBefore(claims.expiresAt())) {
      throw new Refusal(Problem.PROOF_EXPIRED, "the proof is not valid any more")
          .at("protocol.expires_at")
          .expected("later than " + now)
          .observed(claims.expiresAt().toString());
    }
    if (claims.issuedAt().isAfter(now.plus(SKEW))) {
      throw new Refusal(Problem.PROOF_INVALID, "the proof is from the future")
          .at("protocol.payment_proof")
          .observed(claims.issuedAt().toString());
    }
    requireEqual(
        Problem.PROOF_MISMATCH, "payment_proof", merchantContext.did().value(), claims.aud());
    return claims;
  }

  /**
   * Verifies the signature of the proof.
   *
   * @throws Refusal {@code proof_unverified} when the payment service's keys are not available
   */
  private ProofClaims verifySignature(PresentedProof presentedProof) {
    try {
      return ProofCodec.decode(presentedProof.paymentProof(), keys);
    } catch (Refusal refusal) {
      throw refusal.problem() == Problem.UPSTREAM_FAILED
          ? unverified(String.valueOf(refusal.observed()))
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
      case ParticipantAnswer.Done(int _, var body) -> requireConfirmed(body, presentedProof, order);
      case ParticipantAnswer.Refused refused -> {
        // Any other refusal is about the merchant's key or comes from a gateway: it does not judge
        // the proof.
        if (refused.code().startsWith("proof_") || refused.code().equals("not_found")) {
          throw new Refusal(Problem.PROOF_INVALID, "the payment service refuses the proof")
              .at("protocol.payment_proof")
              .observed(refused.status() + " " + refused.code());
        }
        throw unverified("status " + refused.status() + " " + refused.code());
      }
      case ParticipantAnswer.Unknown unknown -> throw unverified(unknown.detail());
    }
  }

  private static void requireConfirmed(
      JsonNode body, PresentedProof presentedProof, StoredOrder order) {
    PspMessages.ProofAnswer answer;
    try {
      answer =
          JsonMessage.bindStatement(body, PspMessages.ProofAnswer.class, Problem.PROOF_UNVERIFIED);
    } catch (Refusal misfit) {
      throw unverified("an answer of another form, at " + misfit.field());
    }
    requireMatch("trade_no", presentedProof.tradeNo(), answer.tradeNo());
    requireMatch("out_trade_no", order.orderNo(), answer.outTradeNo());
    requireMatch("resource_id", order.confirmed().resourceId(), answer.resourceId());
    requireMatch("amount", order.total().decimal(), answer.amount());
    requireMatch("currency", order.total().currency().getCurrencyCode(), answer.currency());
    if (!answer.active()) {
      throw revoked("the payment service says the proof is not active");
    }
  }

  private static Refusal unverified(String why) {
    return new Refusal(
            Problem.PROOF_UNVERIFIED, "the payment service does not say whether the proof is good")
        .at("protocol.payment_proof")
        .observed(why)
        .retryAfter(RETRY_AFTER)
        .remedy(
            "Show the same proof again later; nothing was delivered, and nothing is to be paid.");
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
    requireMatch("out_trade_no", order.orderNo(), claims.outTradeNo(), presentedProof.outTradeNo());
    requireMatch(
        "resource_id",
        order.confirmed().resourceId(),
        claims.resourceId(),
        presentedProof.resourceId());
    requireMatch("amount", order.total().decimal(), claims.amount());
    requireMatch("currency", order.total().currency().getCurrencyCode(), claims.currency());
    requireMatch("buyer_unique_id", order.agentId(), claims.sub(), presentedProof.buyerUniqueId());
    requireMatch(
        "request_method", request.method(), claims.requestMethod(), presentedProof.requestMethod());
    requireMatch(
        "request_fingerprint",
        request.fingerprint(),
        claims.requestFingerprint(),
        presentedProof.requestFingerprint());
    var key = request.idempotencyKey();
    if (key != null) {
      requireMatch("idempotency_key", key, String.valueOf(presentedProof.idempotencyKey()));
    }
    requireMatch("trade_no", claims.tradeNo(), presentedProof.tradeNo());
    requireMatch(
        "expires_at", claims.expiresAt().toString(), presentedProof.expiresAt().toString());
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

  private static void requireMatch(String field, String expected, String... observed) {
    for (var value : observed) {
      requireEqual(Problem.PROOF_MISMATCH, field, expected, value);
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
