package org.actsandbox.merchants.deposit;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.CreditReference;
import org.actsandbox.protocol.commerce.Deposit;
import org.actsandbox.protocol.credit.AntiReplay;
import org.actsandbox.protocol.credit.CreditLevel;
import org.actsandbox.protocol.credit.CreditMessageRules;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.credit.CreditProof;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.credit.CreditVerificationResponse;
import org.actsandbox.protocol.credit.code.CreditReason;
import org.actsandbox.protocol.credit.code.CreditResult;
import org.actsandbox.protocol.credit.code.QueryMode;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the verifier about the credit behind the agent of a cart (ACT CRD-9). Nothing of the answer
 * is kept but the verdict.
 */
final class CreditInquiry {

  /** A buyer waits for the order meanwhile, and silence costs it no more than a deposit. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final int ID_CHARS = 32;

  /** Holds the place of the proof, which does not cover itself. */
  private static final CreditProof UNSIGNED = new CreditProof(CreditProjection.ALGORITHM, "", "");

  private final MerchantContext merchantContext;
  private final ParticipantClient client;

  CreditInquiry(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
    this.client =
        new ParticipantClient(merchantContext.world().outbound(), merchantContext.did(), TIMEOUT);
  }

  /**
   * Represents what the merchant knows after the query.
   *
   * @param recordId the verifier's record; null if it gave no valid answer
   * @param reason null if it gave no valid answer
   * @param limit the limit that the credit service gave the agent; zero without a PASS
   */
  record Verdict(
      String queryId,
      @Nullable String recordId,
      CreditResult result,
      @Nullable CreditReason reason,
      Money limit) {}

  /**
   * Asks about the credit that the cart refers to. The same cart asks with the same bytes, so that
   * a repetition gets the same answer and is counted once (CRD-12).
   *
   * @param digest the digest of the cart as it was sent
   */
  Verdict ask(CartRequest cart, CreditReference credit, String digest, Money full) {
    boolean delegated = credit.mode() == QueryMode.PLATFORM_DELEGATED;
    var queryId =
        delegated ? "DQ-" + digest.substring(digest.length() - ID_CHARS) : cart.requestId();
    var request =
        new CreditVerificationRequest(
            queryId,
            CreditMessageRules.VERSION,
            merchantContext.did().value(),
            cart.agentId(),
            CreditLevel.ASSOCIATED_CREDIT,
            credit.assertionRef(),
            credit.authorizationId(),
            delegated ? merchantContext.did().value() : null,
            Deposit.PURPOSE,
            Map.of("deposit", Json.tree(full.decimal())),
            merchantContext.world().credit().rules().items(),
            Json.object().put("credentialId", credit.credentialId()),
            cart.timestamp(),
            new AntiReplay(null, digest),
            UNSIGNED);
    var signed =
        CreditProjection.REQUEST.prove(
            (ObjectNode) Json.tree(request), merchantContext.world().signer());
    var target = merchantContext.world().credit().at("/v1/verifications");
    return client.post(target, signed) instanceof ParticipantAnswer.Done done
        ? verdict(request, done.body(), full)
        : unknown(queryId, full);
  }

  /** Reads the answer; one that the verifier did not sign for this request counts as none. */
  private Verdict verdict(CreditVerificationRequest request, JsonNode body, Money full) {
    var verifier = merchantContext.world().credit().did().value();
    var now = merchantContext.now();
    try {
      var answer = Json.read(body, CreditVerificationResponse.class);
      boolean valid =
          CreditProjection.RESPONSE.isProven(body, Set.of(verifier), merchantContext.world().keys())
              && answer.requestId().equals(request.requestId())
              && answer.agentId().equals(request.agentId())
              && now.isBefore(answer.expiresAt());
      return valid
          ? new Verdict(
              request.requestId(),
              answer.verificationRecordId(),
              answer.result(),
              answer.reasonCode(),
              limit(answer, full))
          : unknown(request.requestId(), full);
    } catch (JacksonException | IllegalArgumentException malformed) {
      return unknown(request.requestId(), full);
    }
  }

  private static Money limit(CreditVerificationResponse answer, Money full) {
    var value = answer.associatedCreditValue();
    if (answer.result() != CreditResult.PASS
        || answer.completedLevel() != CreditLevel.ASSOCIATED_CREDIT
        || value == null
        || !value.path("currency").asString("").equals(full.currency().getCurrencyCode())) {
      return Money.zero(full.currency());
    }
    return Money.of(value.path("limit").asString(""), full.currency());
  }

  private static Verdict unknown(String queryId, Money full) {
    return new Verdict(queryId, null, CreditResult.INCONCLUSIVE, null, Money.zero(full.currency()));
  }
}
