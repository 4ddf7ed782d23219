package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A merchant's card at {@code /.well-known/agent-card.json} (CID-4). */
public record AgentCard(
    String name,
    Text displayName,
    String agentId,
    String url,
    String version,
    Kind vertical,
    List<String> skills,
    @JsonProperty("act:payment:negotiation") Negotiation negotiation) {

  /**
   * @param mode {@code one-way} with capability_url, or {@code two-way} with negotiation_endpoint
   */
  public record Negotiation(
      String mode, @Nullable String capabilityUrl, @Nullable String negotiationEndpoint) {}
}
