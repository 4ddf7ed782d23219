package org.actsandbox.protocol.proof;

import java.time.Duration;
import java.time.Instant;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.PaymentProof;
import org.actsandbox.protocol.a402.PaymentProof.PresentedProof;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.SenderChecks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Validates payment proofs as a payee in the order of ACT A402-6: form, method, authenticity,
 * consistency, and what the payment service says of them now.
 */
public final class ProofValidation {

  private static final String PSP_ID = "psp_id";

  /** A proof may be dated this far ahead, because the clocks of two services differ. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  /**
   * Ours: one second is long enough after a lost answer, and in an outage it keeps the repeated
   * requests few.
   */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private ProofValidation() {}

  /**
   * Says what a proof has to be for.
   *
   * @param outTradeNo null if any number of the payee will do
   * @param amount decimal string
   * @param buyer null if any buyer will do
   * @param idempotencyKey null for requests without one
   */
  public record Purpose(
      @Nullable String outTradeNo,
      String resourceId,
      String amount,
      String currency,
      @Nullable String buyer,
      String requestMethod,
      String requestFingerprint,
      @Nullable String idempotencyKey) {}

  /**
   * Reads the content of the header; nothing in it is proven yet.
   *
   * @throws Refusal {@code header_too_large}, {@code header_malformed}
   */
  public static PaymentProof read(String header) {
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
   * @param psp DID of the payment service
   * @param payee DID of the payee
   * @param keys the public keys of the payment service
   * @throws Refusal {@code method_unsupported}, {@code proof_invalid}, {@code proof_expired},
   *     {@code proof_mismatch}
   */
  public static ProofClaims requireAuthentic(
      PaymentProof proof, String psp, String payee, KeyDirectory keys, Instant now) {
    var presented = proof.protocol();
    requireMethod(proof, psp);
    var claims = ProofCodec.decode(presented.paymentProof(), keys);
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
    requireMatch("payment_proof", payee, claims.aud());
    return claims;
  }

  private static void requireMethod(PaymentProof proof, String psp) {
    var presented = proof.protocol();
    requireEqual(
        Problem.METHOD_UNSUPPORTED, "method_id", PaymentNeeded.METHOD_ID, presented.methodId());
    requireEqual(
        Problem.METHOD_UNSUPPORTED,
        "method_version",
        PaymentNeeded.METHOD_VERSION,
        presented.methodVersion());
    var named = String.valueOf(proof.method().get(PSP_ID));
    if (!psp.equals(named)) {
      throw new Refusal(Problem.METHOD_UNSUPPORTED, "the proof is of another payment service")
          .at("method." + PSP_ID)
          .expected(psp)
          .observed(named);
    }
  }

  /**
   * Requires that the proof is for this purpose, and that the header repeats what the payment
   * service states: what stands beside the signature is only the buyer's word.
   *
   * @throws Refusal {@code proof_mismatch}, naming the field
   */
  public static void requirePurpose(PresentedProof presented, ProofClaims claims, Purpose purpose) {
    requireMatch(
        "out_trade_no",
        orElse(purpose.outTradeNo(), claims.outTradeNo()),
        claims.outTradeNo(),
        presented.outTradeNo());
    requireMatch("resource_id", purpose.resourceId(), claims.resourceId(), presented.resourceId());
    requireMatch("amount", purpose.amount(), claims.amount());
    requireMatch("currency", purpose.currency(), claims.currency());
    requireMatch(
        "buyer_unique_id",
        orElse(purpose.buyer(), claims.sub()),
        claims.sub(),
        presented.buyerUniqueId());
    requireMatch(
        "request_method",
        purpose.requestMethod(),
        claims.requestMethod(),
        presented.requestMethod());
    requireMatch(
        "request_fingerprint",
        purpose.requestFingerprint(),
        claims.requestFingerprint(),
        presented.requestFingerprint());
    var key = purpose.idempotencyKey();
    if (key != null) {
      requireMatch("idempotency_key", key, String.valueOf(presented.idempotencyKey()));
    }
    requireMatch("trade_no", claims.tradeNo(), presented.tradeNo());
    requireMatch("expires_at", claims.expiresAt().toString(), presented.expiresAt().toString());
  }

  /**
   * Says of a refusal by the payment service whether it judges the proof. Any other one is about
   * the merchant's key or comes from a gateway.
   *
   * @return {@code proof_invalid}, or {@code proof_unverified}
   */
  public static Refusal refusedBy(int status, String code) {
    return code.startsWith("proof_") || code.equals("not_found")
        ? new Refusal(Problem.PROOF_INVALID, "the payment service refuses the proof")
            .at("protocol.payment_proof")
            .observed(status + " " + code)
        : unverified("status " + status + " " + code);
  }

  /**
   * Requires that the payment service confirms the proof for this purpose.
   *
   * @param answer body of its answer 200
   * @throws Refusal {@code proof_unverified}, {@code proof_mismatch}, {@code proof_revoked}
   */
  public static void requireConfirmed(
      JsonNode answer,
      String tradeNo,
      String outTradeNo,
      String resourceId,
      String amount,
      String currency) {
    PspMessages.ProofAnswer confirmed;
    try {
      confirmed =
          JsonMessage.bindStatement(
              answer, PspMessages.ProofAnswer.class, Problem.PROOF_UNVERIFIED);
    } catch (Refusal misfit) {
      throw unverified("an answer of another form, at " + misfit.field());
    }
    requireMatch("trade_no", tradeNo, confirmed.tradeNo());
    requireMatch("out_trade_no", outTradeNo, confirmed.outTradeNo());
    requireMatch("resource_id", resourceId, confirmed.resourceId());
    requireMatch("amount", amount, confirmed.amount());
    requireMatch("currency", currency, confirmed.currency());
    if (!confirmed.active()) {
      throw new Refusal(Problem.PROOF_REVOKED, "the payment service says the proof is not active")
          .at("protocol.trade_no");
    }
  }

  /** Makes the refusal for a payment service that does not say whether the proof is good. */
  public static Refusal unverified(String why) {
    return new Refusal(
            Problem.PROOF_UNVERIFIED, "the payment service does not say whether the proof is good")
        .at("protocol.payment_proof")
        .observed(why)
        .retryAfter(RETRY_AFTER)
        .remedy(
            "Show the same proof again later; nothing was delivered, and nothing is to be paid.");
  }

  private static String orElse(@Nullable String expected, String stated) {
    return expected == null ? stated : expected;
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
