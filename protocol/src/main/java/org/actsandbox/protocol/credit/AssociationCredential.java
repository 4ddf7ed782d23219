package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The credential that ties an agent to the credit of its subject (ACT CRD-1). The issuer keeps and
 * hands out the JSON that it signed; this record reads it.
 *
 * @param associatedCreditValue the mapped value, in the credit service’s own form
 * @param creditSource always {@link #SOURCE}
 * @param previousCredentialRef the credential that this one replaces
 */
public record AssociationCredential(
    @JsonProperty("credentialId") String credentialId,
    @JsonProperty("credentialVersion") String credentialVersion,
    @JsonProperty("associationApplicationId") String associationApplicationId,
    @JsonProperty("agentId") String agentId,
    @JsonProperty("subjectId") String subjectId,
    @JsonProperty("associationRole") String associationRole,
    @JsonProperty("issuerId") String issuerId,
    @JsonProperty("relationshipEvidenceRef") String relationshipEvidenceRef,
    @JsonProperty("confirmationMethod") ConfirmationMethod confirmationMethod,
    @JsonProperty("subjectCreditAssertionRef") String subjectCreditAssertionRef,
    @JsonProperty("associatedCreditValue") JsonNode associatedCreditValue,
    @JsonProperty("creditSource") String creditSource,
    @JsonProperty("mappingPolicy") MappingPolicy mappingPolicy,
    @JsonProperty("confirmationStatement") String confirmationStatement,
    String purpose,
    List<String> scope,
    @JsonProperty("associationApplicationRequestedAt")
        @Nullable Instant associationApplicationRequestedAt,
    @JsonProperty("associationApplicationAntiReplay")
        @Nullable AntiReplay associationApplicationAntiReplay,
    @JsonProperty("subjectPublicKey") @Nullable SubjectKey subjectPublicKey,
    @JsonProperty("subjectSignature") @Nullable String subjectSignature,
    @JsonProperty("subjectSignatureAlgorithm") @Nullable String subjectSignatureAlgorithm,
    @JsonProperty("issuedAt") Instant issuedAt,
    @JsonProperty("validFrom") Instant validFrom,
    @JsonProperty("expiresAt") @Nullable Instant expiresAt,
    @JsonProperty("statusQuery") StatusAddress statusQuery,
    @JsonProperty("previousCredentialRef") @Nullable String previousCredentialRef,
    @JsonProperty("issuerSignature") @Nullable String issuerSignature,
    @JsonProperty("issuerSignatureAlgorithm") @Nullable String issuerSignatureAlgorithm) {

  /** The only source that a mapped value may name: it is never the agent’s own credit. */
  public static final String SOURCE = "ASSOCIATED_CREDIT";
}
