package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.credit.code.CreditReason;
import org.actsandbox.protocol.credit.code.CreditResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The verifier’s signed answer (ACT CRD-10). The four members about credit are present only when
 * the credit level was completed.
 *
 * @param expiresAt after it the relying party has to ask again
 */
public record CreditVerificationResponse(
    @JsonProperty("requestId") String requestId,
    @JsonProperty("verificationRecordId") String verificationRecordId,
    @JsonProperty("agentId") String agentId,
    @JsonProperty("completedLevel") CreditLevel completedLevel,
    CreditResult result,
    @JsonProperty("reasonCode") CreditReason reasonCode,
    @JsonProperty("credentialStatus") AssociationState credentialStatus,
    @JsonProperty("creditSource") @Nullable String creditSource,
    @JsonProperty("associatedCreditValue") @Nullable JsonNode associatedCreditValue,
    @JsonProperty("subjectCreditAssertionValid") @Nullable Boolean subjectCreditAssertionValid,
    @JsonProperty("mappingPolicy") @Nullable MappingPolicy mappingPolicy,
    List<String> scope,
    @JsonProperty("generatedAt") Instant generatedAt,
    @JsonProperty("expiresAt") Instant expiresAt,
    @JsonProperty("statusQuery") @Nullable StatusAddress statusQuery,
    @JsonProperty("purposeLimited") boolean purposeLimited,
    @JsonProperty("responseProof") @Nullable CreditProof responseProof) {}
