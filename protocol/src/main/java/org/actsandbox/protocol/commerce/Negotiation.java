package org.actsandbox.protocol.commerce;

import java.util.List;

/**
 * Groups the messages of two-way negotiation of a payment method (CID-4). An empty result must not
 * lead to payment (CID-5).
 */
public final class Negotiation {

  private Negotiation() {}

  public record Request(
      String agentId,
      List<String> buyerSupportedMethods,
      String currency,
      String estimatedAmount) {}

  public record Response(String agentId, List<Method> supportedMethods) {}

  public record Method(String methodId, String pspId, String endpoint, String methodSchemaUrl) {}
}
