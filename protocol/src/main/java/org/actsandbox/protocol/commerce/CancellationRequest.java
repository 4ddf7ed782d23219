package org.actsandbox.protocol.commerce;

import java.time.Instant;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;

/**
 * An agent's signed request to cancel an order. A merchant that knows the agent by a role key needs
 * none; a merchant outside the sandbox has nothing else by which it knows the agent.
 */
public record CancellationRequest(
    String requestId,
    String intentId,
    String orderNo,
    String agentId,
    Instant timestamp,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.text("request_id", requestId, 64);
    mistakes.text("intent_id", intentId, 64);
    mistakes.text("order_no", orderNo, 64);
    mistakes.did("agent_id", agentId);
    mistakes.moment("timestamp", timestamp);
  }
}
