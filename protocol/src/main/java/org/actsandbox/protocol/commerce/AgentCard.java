package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's card at {@code /.well-known/agent-card.json}: an A2A agent card of the versions 0.3
 * and 1.0 at once, whose {@code capabilities} say how to agree on a payment method (ACT CID-4).
 *
 * <p>A2A spells its members in camel case. What is in snake case is of ACT or ours: {@code
 * agent_id}, {@code display_name}, {@code vertical}.
 *
 * @param url the A2A endpoint of version 0.3, which is that of 1.0 too
 * @param version the agent's own, not a protocol's
 * @param protocolVersion of A2A, as clients of 0.3 read it
 * @param supportedInterfaces as clients of 1.0 read them
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
    Kind vertical) {

  /** Where the card has the way to a payment method, below {@code capabilities}. */
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
   * @param mode {@code one-way} with capability_url, or {@code two-way} with negotiation_endpoint
   */
  public record Negotiation(
      String mode, @Nullable String capabilityUrl, @Nullable String negotiationEndpoint) {}

  public record Skill(String id, String name, String description, List<String> tags) {}
}
