package org.actsandbox.protocol.commerce;

import java.util.List;

/** Two-way negotiation (CID-4, CID-5: an empty result must not lead to payment). */
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
