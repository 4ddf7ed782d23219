package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;

/**
 * A signed order to suspend, resume or revoke a credential (ACT CRD-8).
 *
 * @param requestedBy the subject or the credit service
 */
public record AssociationStatusChange(
    @JsonProperty("requestId") String requestId,
    @JsonProperty("credentialId") String credentialId,
    @JsonProperty("targetStatus") AssociationState targetStatus,
    @JsonProperty("reasonCode") String reasonCode,
    @JsonProperty("requestedBy") String requestedBy,
    @JsonProperty("requestedAt") Instant requestedAt,
    @JsonProperty("antiReplay") AntiReplay antiReplay,
    @JsonProperty("requestProof") CreditProof requestProof)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    CreditMessageRules.check(this, mistakes);
  }
}
