package org.actsandbox.protocol.commerce;

import java.util.List;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;

/**
 * Groups the messages of two-way negotiation of a payment method (CID-4). An empty result must not
 * lead to payment (CID-5).
 */
public final class Negotiation {

  private Negotiation() {}

  public record Request(
      String agentId, List<String> buyerSupportedMethods, String currency, String estimatedAmount)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.did("agent_id", agentId);
      mistakes.currency("currency", currency);
      mistakes.money("estimated_amount", estimatedAmount, null);
    }
  }

  public record Response(String agentId, List<Method> supportedMethods) {}

  public record Method(String methodId, String pspId, String endpoint, String methodSchemaUrl) {}
}
