package org.actsandbox.kit;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.PaymentProof;
import org.actsandbox.protocol.a402.PaymentProof.PresentedProof;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.SenderChecks;

/**
 * Verifies payment proofs in the order of A402-6: form, method, signature, validity, audience and
 * purpose with {@link #verify}; then whether the money is there now with {@link #requireActive}.
 *
 * <p>Deliver only after both, and once for a trade: the same proof may be shown several times.
 *
 * <p>Example:
 *
 * {@snippet :
 * var proof = verifier.verify(request.getHeader("Payment-Proof"), expected, Instant.now());
 * verifier.requireActive(proof, request.getHeader("Payment-Proof"));
 * // deliver, store the delivery under proof.tradeNo(), then confirm it
 * }
 */
public final class ProofVerifier {

  /** A proof may be dated this far ahead, because the clocks of two services differ. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final MerchantSettings settings;
  private final DidResolver resolver;
  private final PaymentServiceClient paymentService;

  public ProofVerifier(MerchantSettings settings, DidResolver resolver) {
    this(settings, resolver, new PaymentServiceClient(settings, new BoundedHttp()));
  }

  ProofVerifier(
      MerchantSettings settings, DidResolver resolver, PaymentServiceClient paymentService) {
    this.settings = settings;
    this.resolver = resolver;
    this.paymentService = paymentService;
  }

  /**
   * Verifies everything that needs no call of the payment service, and returns what it states.
   *
   * @param header the value of {@code Payment-Proof}
   * @param expected what the proof has to be for
   * @param now the world's time for the merchant ({@code Act-Time}), or the machine's
   * @throws RequestRefusedException {@code header_too_large}, {@code header_malformed}, {@code
   *     method_unsupported}, {@code proof_invalid}, {@code proof_expired}, {@code proof_mismatch};
   *     {@code proof_unverified}, which is temporary, if the keys of the payment service cannot be
   *     fetched
   */
  public VerifiedProof verify(String header, ExpectedPayment expected, Instant now) {
    try {
      var proof = read(header);
      requireMethod(proof);
      var claims = authentic(proof.protocol(), now);
      requirePurpose(proof.protocol(), claims, expected);
      return new VerifiedProof(
          claims.jti(),
          claims.tradeNo(),
          claims.outTradeNo(),
          claims.sub(),
          claims.resourceId(),
          claims.amount(),
          claims.currency(),
          claims.requestFingerprint(),
          claims.expiresAt());
    } catch (Refusal refusal) {
      throw new RequestRefusedException(refusal);
    }
  }

  /**
   * Asks the payment service whether the proof is good now, and for what: a signature does not say
   * that the money was not taken back.
   *
   * @param header the value of {@code Payment-Proof} that was verified
   * @throws RequestRefusedException {@code proof_invalid}, {@code proof_revoked}, {@code
   *     proof_mismatch}; {@code proof_unverified}, which is temporary, if there is no clear answer.
   *     Deliver nothing then, and ask for no payment
   */
  public void requireActive(VerifiedProof proof, String header) {
    try {
      var query =
          new PspMessages.ProofQuery(read(header).protocol().paymentProof(), proof.tradeNo());
      requireConfirmed(proof, answer(query));
    } catch (Refusal refusal) {
      throw new RequestRefusedException(refusal);
    }
  }

  private static PaymentProof read(String header) {
    var tree = A402Headers.decode(A402Headers.PAYMENT_PROOF, header);
    var proof = JsonMessage.bind(tree, PaymentProof.class, "", Problem.HEADER_MALFORMED);
    if (!tree.path("method").path("psp_id").isString()) {
      throw new Refusal(Problem.HEADER_MALFORMED, "the method layer names no payment service")
          .at("method.psp_id")
          .expected("the psp_id of the bill");
    }
    return proof;
  }

  private void requireMethod(PaymentProof proof) {
    var presented = proof.protocol();
    require(
        Problem.METHOD_UNSUPPORTED,
        "protocol.method_id",
        PaymentNeeded.METHOD_ID,
        presented.methodId());
    require(
        Problem.METHOD_UNSUPPORTED,
        "protocol.method_version",
        PaymentNeeded.METHOD_VERSION,
        presented.methodVersion());
    require(
        Problem.METHOD_UNSUPPORTED,
        "method.psp_id",
        settings.paymentServiceDid(),
        String.valueOf(proof.method().get("psp_id")));
  }

  private ProofClaims authentic(PresentedProof presented, Instant now) {
    ProofClaims claims;
    try {
      claims = ProofCodec.decode(presented.paymentProof(), resolver.directory());
    } catch (RequestRefusedException unavailable) {
      throw RequestRefusedException.unverified(String.valueOf(unavailable.getMessage()));
    }
    SenderChecks.requireId("protocol.trade_no", claims.tradeNo(), Problem.PROOF_INVALID);
    SenderChecks.requireId("protocol.payment_proof", claims.jti(), Problem.PROOF_INVALID);
    require(
        Problem.PROOF_INVALID,
        "protocol.payment_proof",
        settings.paymentServiceDid(),
        claims.iss());
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
    match("payment_proof", settings.did(), claims.aud());
    return claims;
  }

  /** Compares each claim with its copy beside the signature, which is only the buyer's word. */
  private static void requirePurpose(
      PresentedProof presented, ProofClaims claims, ExpectedPayment expected) {
    var outTradeNo = expected.outTradeNo();
    match(
        "out_trade_no",
        outTradeNo == null ? claims.outTradeNo() : outTradeNo,
        claims.outTradeNo(),
        presented.outTradeNo());
    match("resource_id", expected.resourceId(), claims.resourceId(), presented.resourceId());
    match("amount", expected.amount(), claims.amount());
    match("currency", "CNY", claims.currency());
    match("buyer_unique_id", claims.sub(), presented.buyerUniqueId());
    var method = expected.requestMethod().equals("HEAD") ? "GET" : expected.requestMethod();
    match("request_method", method, claims.requestMethod(), presented.requestMethod());
    match(
        "request_fingerprint",
        expected.requestFingerprint(),
        claims.requestFingerprint(),
        presented.requestFingerprint());
    var key = expected.idempotencyKey();
    if (key != null) {
      match("idempotency_key", key, String.valueOf(presented.idempotencyKey()));
    }
    match("trade_no", claims.tradeNo(), presented.tradeNo());
    match("expires_at", claims.expiresAt().toString(), presented.expiresAt().toString());
  }

  private PaymentServiceClient.Reply answer(PspMessages.ProofQuery query) {
    PaymentServiceClient.Reply reply;
    try {
      reply = paymentService.post("/proofs/verify", Json.write(query));
    } catch (IOException lost) {
      throw RequestRefusedException.unverified(String.valueOf(lost.getMessage()));
    }
    if (reply.status() == 200) {
      return reply;
    }
    // Any other refusal is about the merchant's key, or comes from a gateway: it judges no proof.
    if (reply.code().startsWith("proof_") || reply.code().equals("not_found")) {
      throw new Refusal(Problem.PROOF_INVALID, "the payment service refuses the proof")
          .at("protocol.payment_proof")
          .observed(reply.status() + " " + reply.code());
    }
    throw RequestRefusedException.unverified("status " + reply.status() + " " + reply.code());
  }

  private static void requireConfirmed(VerifiedProof proof, PaymentServiceClient.Reply reply) {
    PspMessages.ProofAnswer answer;
    try {
      answer =
          JsonMessage.bindStatement(
              reply.body(), PspMessages.ProofAnswer.class, Problem.PROOF_UNVERIFIED);
    } catch (Refusal misfit) {
      throw RequestRefusedException.unverified("an answer of another form, at " + misfit.field());
    }
    match("trade_no", proof.tradeNo(), answer.tradeNo());
    match("out_trade_no", proof.outTradeNo(), answer.outTradeNo());
    match("resource_id", proof.resourceId(), answer.resourceId());
    match("amount", proof.amount(), answer.amount());
    match("currency", proof.currency(), answer.currency());
    if (!answer.active()) {
      throw new Refusal(Problem.PROOF_REVOKED, "the payment service says the proof is not active")
          .at("protocol.trade_no");
    }
  }

  private static void match(String field, String expected, String... observed) {
    for (var value : observed) {
      require(Problem.PROOF_MISMATCH, "protocol." + field, expected, value);
    }
  }

  private static void require(Problem problem, String field, String expected, String observed) {
    if (!expected.equals(observed)) {
      throw new Refusal(problem, "the proof has another " + field)
          .at(field)
          .expected(expected)
          .observed(observed);
    }
  }
}
