package org.actsandbox.protocol.commerce;

import java.util.List;

/**
 * A merchant's one-way declaration of its payment methods, at {@code
 * /.well-known/act-payment-capability.json} (CID-4).
 */
public record PaymentCapability(
    String version, String role, String agentId, List<Method> supportedMethods) {

  public record Method(String methodId, List<Psp> psps) {}

  public record Psp(String pspId, String endpoint, String methodSchemaUrl) {}
}
