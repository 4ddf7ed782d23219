package org.actsandbox.merchants.buyer;

import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.deposit.VerifierClient;
import org.actsandbox.protocol.commerce.ServiceRequest;
import org.actsandbox.protocol.credit.AntiReplay;
import org.actsandbox.protocol.credit.CreditLevel;
import org.actsandbox.protocol.credit.CreditMessageRules;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.credit.CreditVerificationResponse;
import org.actsandbox.protocol.credit.code.CreditResult;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * Verifies who stands behind an agent before anything is billed. It asks on the credential level,
 * which needs no authorization and tells no credit (ACT CRD-3), and keeps nothing of the answer.
 */
public final class BuyerVerification {

  private final MerchantContext merchantContext;
  private final BuyerPolicies policies;
  private final BuyerReviews reviews;
  private final VerifierClient verifier;

  public BuyerVerification(
      MerchantContext merchantContext, BuyerPolicies policies, BuyerReviews reviews) {
    this.merchantContext = merchantContext;
    this.policies = policies;
    this.reviews = reviews;
    this.verifier = new VerifierClient(merchantContext);
  }

  /**
   * Refuses a buyer whom the seller does not know, if its policy asks for that.
   *
   * @throws Refusal {@code buyer_credential_required} without a credential and after a FAIL, {@code
   *     buyer_unverified} when the verifier could not say, {@code buyer_under_review} until a
   *     person let the buyer in
   */
  public void require(String service, ServiceRequest request) {
    if (!policies.isCredentialRequired()) {
      return;
    }
    var credentialId = request.credentialId();
    if (credentialId == null) {
      throw required("the request names no association credential", "no credential");
    }
    var answer = verifier.ask(query(service, request, credentialId));
    var result = answer.map(CreditVerificationResponse::result).orElse(CreditResult.INCONCLUSIVE);
    if (merchantContext.world().credit().rules().isServed(result)) {
      return;
    }
    var reason = answer.map(each -> each.reasonCode().name()).orElse("no answer");
    switch (result) {
      case PASS, FAIL -> throw required("the association credential does not hold", reason);
      case INCONCLUSIVE ->
          throw new Refusal(
                  Problem.BUYER_UNVERIFIED,
                  "the verifier could not say who stands behind the agent")
              .at("credential_id")
              .observed(reason);
      case REVIEW_REQUIRED -> {
        if (!reviews.isAdmitted(request.agentId(), credentialId)) {
          throw new Refusal(
                  Problem.BUYER_UNDER_REVIEW, "a person of the seller has to look at this buyer")
              .at("credential_id")
              .observed(reason);
        }
      }
    }
  }

  private Refusal required(String detail, String reason) {
    var policy = policies.current();
    return new Refusal(Problem.BUYER_CREDENTIAL_REQUIRED, detail)
        .at("credential_id")
        .expected(
            "a credential in force for the purpose %s with the scope %s"
                .formatted(policy.purpose(), policy.scope()))
        .observed(reason);
  }

  private CreditVerificationRequest query(
      String service, ServiceRequest request, String credentialId) {
    var id = merchantContext.world().ids().next("BQ");
    return new CreditVerificationRequest(
        id,
        CreditMessageRules.VERSION,
        merchantContext.did().value(),
        request.agentId(),
        CreditLevel.CREDENTIAL,
        null,
        null,
        null,
        BuyerPolicies.PURPOSE,
        Map.<String, JsonNode>of("service", Json.tree(service)),
        List.of("credentialStatus"),
        Json.object().put("credentialId", credentialId),
        merchantContext.now(),
        new AntiReplay("buyer-query-" + id, null),
        VerifierClient.UNSIGNED);
  }
}
