package org.actsandbox.kit;

import java.io.IOException;
import java.time.Instant;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.proof.ProofValidation;
import org.actsandbox.protocol.refusal.Refusal;

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

  private final MerchantSettings settings;
  private final DidResolver resolver;
  private final WorldClient world;

  public ProofVerifier(MerchantSettings settings, DidResolver resolver) {
    this(settings, resolver, new WorldClient(settings, new BoundedHttp()));
  }

  ProofVerifier(MerchantSettings settings, DidResolver resolver, WorldClient world) {
    this.settings = settings;
    this.resolver = resolver;
    this.world = world;
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
      var proof = ProofValidation.read(header);
      var claims =
          ProofValidation.requireAuthentic(
              proof, settings.paymentServiceDid(), settings.did(), resolver.directory(), now);
      ProofValidation.requirePurpose(proof.protocol(), claims, purpose(expected));
      return new VerifiedProof(
          claims.jti(),
          claims.tradeNo(),
          claims.outTradeNo(),
          claims.sub(),
          claims.resourceId(),
          claims.amount(),
          claims.currency(),
          claims.requestFingerprint(),
          claims.expiresAt(),
          claims.intentId(),
          claims.delegationId());
    } catch (Refusal refusal) {
      throw new RequestRefusedException(refusal);
    } catch (RequestRefusedException unavailable) {
      // The keys of the payment service cannot be fetched.
      throw RequestRefusedException.unverified(String.valueOf(unavailable.getMessage()));
    }
  }

  private static ProofValidation.Purpose purpose(ExpectedPayment expected) {
    return new ProofValidation.Purpose(
        expected.outTradeNo(),
        expected.resourceId(),
        expected.amount(),
        "CNY",
        expected.buyerDid(),
        expected.requestMethod().equals("HEAD") ? "GET" : expected.requestMethod(),
        expected.requestFingerprint(),
        expected.idempotencyKey());
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
          new PspMessages.ProofQuery(
              ProofValidation.read(header).protocol().paymentProof(), proof.tradeNo());
      ProofValidation.requireConfirmed(
          answer(query).body(),
          proof.tradeNo(),
          proof.outTradeNo(),
          proof.resourceId(),
          proof.amount(),
          proof.currency());
    } catch (Refusal refusal) {
      throw new RequestRefusedException(refusal);
    }
  }

  private WorldClient.Reply answer(PspMessages.ProofQuery query) {
    WorldClient.Reply reply;
    try {
      reply = world.askPaymentService("/proofs/verify", Json.write(query));
    } catch (IOException lost) {
      throw RequestRefusedException.unverified(String.valueOf(lost.getMessage()));
    }
    if (reply.status() == 200) {
      return reply;
    }
    throw ProofValidation.refusedBy(reply.status(), reply.code());
  }
}
