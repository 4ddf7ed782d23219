package org.actsandbox.agent.search;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.AgentCard;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Merchants' agent cards and capability files (CID-4), kept briefly. An inconsistent one must not
 * lead to payment (CID-5), so its platform is not even searched.
 */
public final class AgentCards {

  /** Ours: long enough for one purchase, short enough to notice a merchant that changed. */
  private static final Duration KEPT = Duration.ofSeconds(60);

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final Map<String, Kept> cards = new ConcurrentHashMap<>();

  private record Kept(AgentCards.NegotiationAddress how, Instant at) {}

  /**
   * @param address of the capability file, or of the negotiation endpoint
   */
  public record NegotiationAddress(boolean twoWay, URI address) {}

  public AgentCards(AgentWorld world, AgentHttpClient agentHttpClient) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
  }

  /**
   * How to agree on a payment method with the platform.
   *
   * @throws ParticipantRefusal when the card is not the platform's own or says nothing usable
   */
  public AgentCards.NegotiationAddress negotiationAddress(
      Platform platform, String intentId, Duration timeout) {
    var kept = cards.get(platform.id());
    var now = world.now();
    if (kept != null && now.isBefore(kept.at().plus(KEPT)) && !now.isBefore(kept.at())) {
      return kept.how();
    }
    var how = read(platform, fetch(platform, "/.well-known/agent-card.json", intentId, timeout));
    cards.put(platform.id(), new Kept(how, now));
    return how;
  }

  void forget(Platform platform) {
    cards.remove(platform.id());
  }

  private JsonNode fetch(Platform platform, String path, String intentId, Duration timeout) {
    return AgentHttpClient.body(
        platform, agentHttpClient.get(platform.at(path), intentId, timeout));
  }

  private static AgentCards.NegotiationAddress read(Platform platform, JsonNode card) {
    if (!card.path("agent_id").asString("").equals(platform.did().value())) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "card_foreign", "its card names another participant");
    }
    if (!card.path("vertical").equals(Json.tree(platform.kind().code()))) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "card_foreign", "its card names another trade");
    }
    var negotiation = card.path("capabilities").path(AgentCard.NEGOTIATION);
    var mode = negotiation.path("mode").asString("");
    boolean twoWay = mode.equals("two-way");
    var address = negotiation.path(twoWay ? "negotiation_endpoint" : "capability_url").asString("");
    if (!(twoWay || mode.equals("one-way")) || address.isEmpty()) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "card_unusable", "its card does not say how to agree on a payment method");
    }
    return new AgentCards.NegotiationAddress(twoWay, own(platform, address));
  }

  private static URI own(Platform platform, String address) {
    try {
      var target = URI.create(platform.base() + "/").resolve(address);
      if (platform.owns(target)) {
        return target;
      }
    } catch (IllegalArgumentException noAddress) {
      throw new ParticipantRefusal(
          platform.id(), 0, "card_unusable", "its card holds no address", noAddress);
    }
    throw ParticipantRefusal.untrusted(
        platform.id(), "card_foreign", "its card points somewhere else");
  }
}
