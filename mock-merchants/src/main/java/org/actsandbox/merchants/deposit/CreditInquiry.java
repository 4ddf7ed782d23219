package org.actsandbox.merchants.deposit;

import java.util.Map;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.CreditReference;
import org.actsandbox.protocol.commerce.Deposit;
import org.actsandbox.protocol.credit.AntiReplay;
import org.actsandbox.protocol.credit.CreditLevel;
import org.actsandbox.protocol.credit.CreditMessageRules;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.credit.CreditVerificationResponse;
import org.actsandbox.protocol.credit.code.CreditReason;
import org.actsandbox.protocol.credit.code.CreditResult;
import org.actsandbox.protocol.credit.code.QueryMode;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Asks the verifier about the credit behind the agent of a cart (ACT CRD-9). Nothing of the answer
 * is kept but the verdict.
 */
final class CreditInquiry {

  private static final int ID_CHARS = 32;

  private final MerchantContext merchantContext;
  private final VerifierClient verifier;

  CreditInquiry(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
    this.verifier = new VerifierClient(merchantContext);
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
            VerifierClient.UNSIGNED);
    return verifier
        .ask(request)
        .map(
            answer ->
                new Verdict(
                    queryId,
                    answer.verificationRecordId(),
                    answer.result(),
                    answer.reasonCode(),
                    limit(answer, full)))
        .orElseGet(
            () ->
                new Verdict(
                    queryId, null, CreditResult.INCONCLUSIVE, null, Money.zero(full.currency())));
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
}
