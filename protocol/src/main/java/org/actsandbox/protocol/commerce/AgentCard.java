package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's card at {@code /.well-known/agent-card.json}. It is an A2A agent card of both
 * versions 0.3 and 1.0, and its {@code capabilities} say how to agree on a payment method (ACT
 * CID-4).
 *
 * <p>A2A has member names in camel case. Members in snake case are from ACT or our own: {@code
 * agent_id}, {@code display_name}, {@code vertical}.
 *
 * @param url the A2A endpoint for both versions
 * @param version the version of the agent, not of a protocol
 * @param protocolVersion the A2A version for clients of 0.3
 * @param supportedInterfaces the A2A endpoints for clients of 1.0
 */
public record AgentCard(
    String name,
    String description,
    String url,
    String version,
    @JsonProperty("protocolVersion") String protocolVersion,
    @JsonProperty("preferredTransport") String preferredTransport,
    @JsonProperty("supportedInterfaces") List<Interface> supportedInterfaces,
    Capabilities capabilities,
    @JsonProperty("defaultInputModes") List<String> defaultInputModes,
    @JsonProperty("defaultOutputModes") List<String> defaultOutputModes,
    List<Skill> skills,
    String agentId,
    Text displayName,
    MerchantKind vertical) {

  /** The member of {@code capabilities} that says how to agree on a payment method. */
  public static final String NEGOTIATION = "act:payment:negotiation";

  public record Interface(
      String url,
      @JsonProperty("protocolBinding") String protocolBinding,
      @JsonProperty("protocolVersion") String protocolVersion) {}

  public record Capabilities(
      boolean streaming,
      @JsonProperty("pushNotifications") boolean pushNotifications,
      @JsonProperty(NEGOTIATION) Negotiation negotiation) {}

  /**
   * The way to agree on a payment method.
   *
   * @param mode {@code one-way} with capability_url, or {@code two-way} with negotiation_endpoint
   */
  public record Negotiation(
      String mode, @Nullable String capabilityUrl, @Nullable String negotiationEndpoint) {}

  public record Skill(String id, String name, String description, List<String> tags) {}
}
