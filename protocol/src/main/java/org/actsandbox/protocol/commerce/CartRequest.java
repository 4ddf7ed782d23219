package org.actsandbox.protocol.commerce;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;

/**
 * An agent's signed request to confirm a cart (CID-8). A repeated request with the same id returns
 * the same order.
 *
 * @param delegationId the delegation under which the order must be paid (a link id of CID-8): only
 *     a payment under this delegation is accepted; absent if the principal will be asked
 * @param expectedTotal the total that the agent saw; a higher price is refused with {@code
 *     price_changed}, a lower one is accepted
 * @param fulfilment needs that the merchant's kind knows: {@code ship_to} (an alias of the
 *     address), {@code seat} (a seat that the principal chose, such as {@code 05-11F}), and {@code
 *     note}; any other one is refused by name (docs/needs.md)
 * @param credit lets a merchant that takes a deposit ask for the credit behind the agent
 */
public record CartRequest(
    String requestId,
    String intentId,
    @Nullable String delegationId,
    String agentId,
    Instant timestamp,
    List<Line> lines,
    String expectedTotal,
    String currency,
    @Nullable Map<String, String> fulfilment,
    @Nullable Map<String, String> context,
    @Nullable CreditReference credit,
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
    mistakes.money("expected_total", expectedTotal, currency);
  }

  public record Line(String offerId, int quantity) {}
}
