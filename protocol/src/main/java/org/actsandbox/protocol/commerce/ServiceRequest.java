package org.actsandbox.protocol.commerce;

import java.time.Instant;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An agent's signed request for a paid service. {@code SignedJson} defines the signature. The agent
 * sends the same bytes again with the payment proof, because the bill is for exactly these
 * (A402-5).
 *
 * @param requestId the idempotency key of A402-4: a repeated id is the same order
 * @param delegationId the delegation under which the work must be paid; absent if the principal
 *     will be asked
 * @param input input of the service, in the form that its catalog entry describes
 * @param credentialId the association credential by which the seller may verify who stands behind
 *     the agent (ACT CRD-3); some sellers serve no one without
 */
public record ServiceRequest(
    String requestId,
    String intentId,
    @Nullable String delegationId,
    String agentId,
    Instant timestamp,
    JsonNode input,
    @Nullable String credentialId,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.id("request_id", requestId);
    mistakes.id("intent_id", intentId);
    mistakes.id("delegation_id", delegationId);
    mistakes.did("agent_id", agentId);
    mistakes.id("credential_id", credentialId);
  }
}
