package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A credit service’s statement about an agent: what a rule makes of the subject’s statement (ACT
 * CRD-7).
 */
public record AgentCreditAssertion(
    @JsonProperty("assertionId") String assertionId,
    @JsonProperty("assertionVersion") String assertionVersion,
    @JsonProperty("creditServiceId") String creditServiceId,
    @JsonProperty("agentId") String agentId,
    @JsonProperty("associationCredentialRef") String associationCredentialRef,
    @JsonProperty("subjectCreditAssertionRef") String subjectCreditAssertionRef,
    @JsonProperty("associatedCreditValue") JsonNode associatedCreditValue,
    @JsonProperty("creditSource") String creditSource,
    @JsonProperty("mappingPolicy") MappingPolicy mappingPolicy,
    String purpose,
    List<String> scope,
    @JsonProperty("issuedAt") Instant issuedAt,
    @JsonProperty("validFrom") Instant validFrom,
    @JsonProperty("expiresAt") @Nullable Instant expiresAt,
    AssociationState status,
    @JsonProperty("assertionProof") @Nullable CreditProof assertionProof) {}
