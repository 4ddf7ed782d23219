package org.actsandbox.protocol.credit;

import java.time.Instant;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The verifier’s signed question to the credit service: is the statement still valid, is the rule
 * known, and is the value the one that the rule makes of it (ACT CRD-9)? Ours, because ACT names no
 * message for it; {@code SignedJson} defines the signature.
 */
public record CreditValidityQuery(
    String assertionRef,
    MappingPolicy mappingPolicy,
    JsonNode associatedCreditValue,
    String agentId,
    Instant askedAt,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.text("assertion_ref", assertionRef, 128);
    mistakes.text("agent_id", agentId, 256);
    mistakes.moment("asked_at", askedAt);
  }
}
