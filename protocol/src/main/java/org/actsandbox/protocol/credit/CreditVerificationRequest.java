package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A relying party’s signed request to verify a credential or the credit behind it (ACT CRD-9).
 *
 * @param businessContext why it asks, with texts, numbers and booleans
 * @param credential the credential itself, or an object with its id and an optional address
 */
public record CreditVerificationRequest(
    @JsonProperty("requestId") String requestId,
    @JsonProperty("messageVersion") String messageVersion,
    @JsonProperty("relyingPartyId") String relyingPartyId,
    @JsonProperty("agentId") String agentId,
    @JsonProperty("verificationLevel") CreditLevel verificationLevel,
    @JsonProperty("subjectCreditAssertionRef") @Nullable String subjectCreditAssertionRef,
    @JsonProperty("authorizationId") @Nullable String authorizationId,
    @JsonProperty("platformDelegateId") @Nullable String platformDelegateId,
    String purpose,
    @JsonProperty("businessContext") Map<String, JsonNode> businessContext,
    @JsonProperty("requestedDataItems") List<String> requestedDataItems,
    JsonNode credential,
    @JsonProperty("requestedAt") Instant requestedAt,
    @JsonProperty("antiReplay") AntiReplay antiReplay,
    @JsonProperty("requestProof") CreditProof requestProof) {

  /** Tells whether the business needs the subject’s own signature (ACT CRD-9). */
  public boolean wantsDirectSignature() {
    var wanted = businessContext.get("requiredConfirmation");
    return wanted != null && wanted.asString("").equals(ConfirmationMethod.DIRECT_SIGNATURE.name());
  }

  /** Returns the request as it counts once its subject has authorized it (ACT CRD-11). */
  public CreditVerificationRequest under(String authorization) {
    return new CreditVerificationRequest(
        requestId,
        messageVersion,
        relyingPartyId,
        agentId,
        verificationLevel,
        subjectCreditAssertionRef,
        authorization,
        platformDelegateId,
        purpose,
        businessContext,
        requestedDataItems,
        credential,
        requestedAt,
        antiReplay,
        requestProof);
  }
}
