package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The issuer’s signed word about the current state of a credential (ACT CRD-2).
 *
 * @param statusVersion 1 for the first state, one more for each change
 */
public record AssociationStatus(
    @JsonProperty("credentialId") String credentialId,
    AssociationState status,
    @JsonProperty("statusVersion") int statusVersion,
    @JsonProperty("reasonCode") @Nullable String reasonCode,
    @JsonProperty("effectiveAt") Instant effectiveAt,
    @JsonProperty("updatedAt") Instant updatedAt,
    @JsonProperty("statusProof") @Nullable CreditProof statusProof) {

  /** The reason of a suspension for an assessment, during which REVIEW_REQUIRED is answered. */
  public static final String ASSESSMENT = "REASSESSMENT";
}
