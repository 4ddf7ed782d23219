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
 * Fetches the agent cards of merchants and reads how to agree on a payment method (CID-4); it keeps
 * them for a short time. A platform with an inconsistent card must not lead to payment (CID-5), so
 * it is not even searched.
 */
public final class AgentCards {

  /**
   * Ours: this is long enough for one purchase and short enough to notice a merchant that changed.
   */
  private static final Duration CACHE_TIME = Duration.ofSeconds(60);

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final Map<String, CachedCard> cards = new ConcurrentHashMap<>();

  private record CachedCard(AgentCards.NegotiationAddress negotiationAddress, Instant at) {}

  /**
   * Says where and in which mode a platform agrees on payment methods (CID-4).
   *
   * @param address the address of the capability file, or of the negotiation endpoint
   */
  public record NegotiationAddress(boolean twoWay, URI address) {}

  public AgentCards(AgentWorld world, AgentHttpClient agentHttpClient) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
  }

  /**
   * Returns how to agree on a payment method with the platform.
   *
   * @throws ParticipantRefusal when the card is not the platform's own or says nothing usable
   */
  public AgentCards.NegotiationAddress negotiationAddress(
      Platform platform, String intentId, Duration timeout) {
    var cached = cards.get(platform.id());
    var now = world.now();
    if (cached != null
        && now.isBefore(cached.at().plus(CACHE_TIME))
        && !now.isBefore(cached.at())) {
      return cached.negotiationAddress();
    }
    var negotiationAddress =
        read(platform, fetch(platform, "/.well-known/agent-card.json", intentId, timeout));
    cards.put(platform.id(), new CachedCard(negotiationAddress, now));
    return negotiationAddress;
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
    return new AgentCards.NegotiationAddress(twoWay, ownAddress(platform, address));
  }

  private static URI ownAddress(Platform platform, String address) {
    try {
      var target = URI.create(platform.base() + "/").resolve(address);
      if (platform.owns(target)) {
        return target;
      }
    } catch (IllegalArgumentException invalidAddress) {
      throw new ParticipantRefusal(
          platform.id(), 0, "card_unusable", "its card holds no address", invalidAddress);
    }
    throw ParticipantRefusal.untrusted(
        platform.id(), "card_foreign", "its card points somewhere else");
  }
}
