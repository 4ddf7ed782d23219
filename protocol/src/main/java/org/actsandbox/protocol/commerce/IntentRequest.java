package org.actsandbox.protocol.commerce;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;

/**
 * An agent's intent transfer to a merchant (CID-2). The signature, which {@code SignedJson}
 * defines, is its source authentication.
 *
 * @param requestId new for every request and every update
 * @param previousRequestId only in a dynamic update, which has only the changed parts of the
 *     context
 * @param intentId connects the purchase across domains
 * @param responseForm {@code offers}, the only form so far
 * @param limit maximum number of offers, 1 to 50
 */
public record IntentRequest(
    String requestId,
    @Nullable String previousRequestId,
    String intentId,
    String agentId,
    Instant timestamp,
    String responseForm,
    @Nullable Integer limit,
    IntentContext context,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.id("request_id", requestId);
    mistakes.id("intent_id", intentId);
    mistakes.did("agent_id", agentId);
    mistakes.range("limit", limit, 1, MAX_LIMIT);
    mistakes.oneOf("response_form", responseForm, List.of(OFFERS));
  }

  public static final String OFFERS = "offers";

  /** Ours: the most offers that a request can ask for. */
  public static final int MAX_LIMIT = 50;
}
