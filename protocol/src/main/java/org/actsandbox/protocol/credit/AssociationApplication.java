package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.credit.code.QueryMode;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;

/**
 * The subject’s request for a credential that ties an agent to its credit (ACT CRD-5).
 *
 * @param associationRole such as {@code OPERATOR} or {@code CONTROLLER}
 * @param relationshipEvidenceRefs what shows that the subject and the agent belong together
 * @param authorizationMode how the subject wants to allow queries later
 * @param expiresAt the end of the credential; null if it has none
 */
public record AssociationApplication(
    @JsonProperty("applicationId") String applicationId,
    @JsonProperty("messageVersion") String messageVersion,
    @JsonProperty("subjectId") String subjectId,
    @JsonProperty("agentId") String agentId,
    @JsonProperty("associationRole") String associationRole,
    @JsonProperty("relationshipEvidenceRefs") List<String> relationshipEvidenceRefs,
    @JsonProperty("confirmationMethod") ConfirmationMethod confirmationMethod,
    @JsonProperty("issuerId") String issuerId,
    String purpose,
    List<String> scope,
    @JsonProperty("authorizationMode") QueryMode authorizationMode,
    @JsonProperty("requestedAt") Instant requestedAt,
    @JsonProperty("validFrom") Instant validFrom,
    @JsonProperty("expiresAt") @Nullable Instant expiresAt,
    @JsonProperty("antiReplay") AntiReplay antiReplay)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    CreditMessageRules.check(this, mistakes);
  }
}
