package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A credit service’s statement about a subject (ACT CRD-7). No credential contains it, only its
 * reference.
 *
 * @param creditPayload the content, in the credit service’s own form
 */
public record SubjectCreditAssertion(
    @JsonProperty("assertionId") String assertionId,
    @JsonProperty("assertionVersion") String assertionVersion,
    @JsonProperty("creditServiceId") String creditServiceId,
    @JsonProperty("subjectId") String subjectId,
    @JsonProperty("issuedAt") Instant issuedAt,
    @JsonProperty("validFrom") Instant validFrom,
    @JsonProperty("expiresAt") @Nullable Instant expiresAt,
    @JsonProperty("creditPayload") JsonNode creditPayload,
    @JsonProperty("assertionProof") @Nullable CreditProof assertionProof) {}
