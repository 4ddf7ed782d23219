package org.actsandbox.merchants.gate;

import java.time.Duration;
import java.time.Instant;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.merchants.message.Senders;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.merchants.psp.PspClient;
import org.actsandbox.merchants.psp.PspKeys;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.PaymentProof;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.Messages;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Validates a shown proof in the order of ACT A402-6: form, method, authenticity, consistency. */
final class ProofCheck {

  /** How far the PSP's clock may be ahead. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Outlet outlet;
  private final PspKeys keys;
  private final PspClient psp;

  ProofCheck(Outlet outlet, PspKeys keys, PspClient psp) {
    this.outlet = outlet;
    this.keys = keys;
    this.psp = psp;
  }

  /**
   * The header's content, still unproven.
   *
   * @throws Refusal {@code header_too_large}, {@code header_malformed}
   */
  static PaymentProof.Shown read(String header) {
    var tree = Headers.decode(Headers.PAYMENT_PROOF, header);
    return Message.bind(tree, PaymentProof.class, Problem.HEADER_MALFORMED).protocol();
  }

  /**
   * What the PSP states, after method and version, signature, expiry and audience.
   *
   * @throws Refusal {@code method_unsupported}, {@code proof_invalid}, {@code proof_expired},
   *     {@code proof_mismatch}, {@code upstream_failed}
   */
  ProofClaims authentic(PaymentProof.Shown shown, Instant now) {
    same(Problem.METHOD_UNSUPPORTED, "method_id", PaymentNeeded.METHOD_ID, shown.methodId());
    same(
        Problem.METHOD_UNSUPPORTED,
        "method_version",
        PaymentNeeded.METHOD_VERSION,
        shown.methodVersion());
    var claims = ProofCodec.decode(shown.paymentProof(), keys);
    Senders.id("protocol.trade_no", claims.tradeNo(), Problem.PROOF_INVALID);
    Senders.id("protocol.payment_proof", claims.jti(), Problem.PROOF_INVALID);
    same(Problem.PROOF_INVALID, "payment_proof", outlet.world().psp().did().value(), claims.iss());
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
    same(Problem.PROOF_MISMATCH, "payment_proof", outlet.did().value(), claims.aud());
    return claims;
  }

  /**
   * @throws Refusal {@code proof_revoked} when the money went back or the trade is closed; with
   *     online verification {@code upstream_failed} when the PSP does not say
   */
  void notRevoked(PaymentProof.Shown shown, StoredOrder order) {
    if (order.trade() == TransactionState.TRADE_CLOSED
        || order.status() == OrderStatus.REFUNDED
        || order.status() == OrderStatus.CANCELLED) {
      throw revoked("the trade was closed or paid back");
    }
    if (outlet.world().psp().verifyOnline().getAsBoolean()) {
      askPsp(shown, order);
    }
  }

  private void askPsp(PaymentProof.Shown shown, StoredOrder order) {
    var query = new Messages.ProofQuery(shown.paymentProof(), shown.tradeNo());
    switch (psp.post("/proofs/verify", query, order.confirmed().intentId())) {
      case PspClient.Answer.Done(var body) -> {
        if (!Json.read(body, Messages.ProofAnswer.class).active()) {
          throw revoked("the payment service says the proof is not active");
        }
      }
      case PspClient.Answer.Refused refused ->
          throw new Refusal(Problem.PROOF_INVALID, "the payment service refuses the proof")
              .at("protocol.payment_proof")
              .observed(refused.status() + " " + refused.code());
      case PspClient.Answer.Unknown(var why) ->
          throw new Refusal(Problem.UPSTREAM_FAILED, "the payment service does not answer")
              .observed(why)
              .remedy("Show the same proof again shortly; nothing was delivered.");
    }
  }

  private static Refusal revoked(String why) {
    return new Refusal(Problem.PROOF_REVOKED, why).at("protocol.trade_no");
  }

  /**
   * The proof is for this order, this amount and this request, and the header says what the PSP
   * says.
   *
   * @throws Refusal {@code proof_mismatch}, naming the field; {@code intent_mismatch}, {@code
   *     delegation_mismatch}
   */
  void consistent(
      PaymentProof.Shown shown, ProofClaims claims, StoredOrder order, ResourceRequest request) {
    match("out_trade_no", order.orderNo(), claims.outTradeNo(), shown.outTradeNo());
    match("resource_id", order.confirmed().resourceId(), claims.resourceId(), shown.resourceId());
    match("amount", order.total().decimal(), claims.amount());
    match("currency", order.total().currency().getCurrencyCode(), claims.currency());
    match("buyer_unique_id", order.agentId(), claims.sub(), shown.buyerUniqueId());
    match("request_method", request.method(), claims.requestMethod(), shown.requestMethod());
    match(
        "request_fingerprint",
        request.fingerprint(),
        claims.requestFingerprint(),
        shown.requestFingerprint());
    match("trade_no", claims.tradeNo(), shown.tradeNo());
    match("expires_at", claims.expiresAt().toString(), shown.expiresAt().toString());
    ofOneFlow(claims, order);
  }

  /**
   * The payment was made in the flow of the order (ACT TSD-2). A payment service that names none is
   * taken at its word; an order that names no delegation was billed before bills named their flow.
   */
  private static void ofOneFlow(ProofClaims claims, StoredOrder order) {
    var intentId = claims.intentId();
    var confirmed = order.confirmed();
    if (intentId == null) {
      return;
    }
    same(Problem.INTENT_MISMATCH, "intent_id", confirmed.intentId(), intentId);
    if (confirmed.delegationId() != null) {
      same(
          Problem.DELEGATION_MISMATCH,
          "delegation_id",
          confirmed.delegationId(),
          String.valueOf(claims.delegationId()));
    }
  }

  private static void match(String field, String expected, String... observed) {
    for (var value : observed) {
      same(Problem.PROOF_MISMATCH, field, expected, value);
    }
  }

  private static void same(Problem problem, String field, String expected, String observed) {
    if (!expected.equals(observed)) {
      throw new Refusal(problem, "the proof has another " + field)
          .at("protocol." + field)
          .expected(expected)
          .observed(observed);
    }
  }
}
