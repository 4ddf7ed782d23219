package org.actsandbox.protocol.credit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;

/** A signed order to end a query authorization (ACT CRD-12). */
public record QueryAuthorizationRevocation(
    @JsonProperty("requestId") String requestId,
    @JsonProperty("authorizationId") String authorizationId,
    @JsonProperty("subjectId") String subjectId,
    @JsonProperty("reasonCode") String reasonCode,
    @JsonProperty("requestedAt") Instant requestedAt,
    @JsonProperty("antiReplay") AntiReplay antiReplay,
    @JsonProperty("requestProof") CreditProof requestProof)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    CreditMessageRules.check(this, mistakes);
  }
}
