package org.actsandbox.agent.task;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.credit.AssociationCredential;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;

/**
 * Finds the association credential by which a seller may verify who stands behind the agent. Only
 * its id is told, and only to a seller that asks for it (ACT CRD-1, CRD-3).
 */
final class BuyerCredentials {

  /** The attribute with which a catalog says for which purpose a credential is needed. */
  private static final String ATTRIBUTE = "buyer_credential";

  private static final String PARTICIPANT = "sandbox-credit-issuer";

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final Duration timeout;

  BuyerCredentials(AgentWorld world, AgentHttpClient agentHttpClient, Duration timeout) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
    this.timeout = timeout;
  }

  /** Returns empty also if the issuer does not answer: the seller then says what it needs. */
  Optional<String> find(SellerService sellerService, Platform platform) {
    var purpose = sellerService.attribute(ATTRIBUTE);
    if (purpose.isEmpty()) {
      return Optional.empty();
    }
    try {
      var address = world.credit().issuer() + "/associations" + world.principalQuery();
      var answer = agentHttpClient.getWithKey(URI.create(address), "", timeout);
      return AgentHttpClient.body(PARTICIPANT, answer)
          .path("items")
          .valueStream()
          .filter(
              each -> each.at("/status/status").asString("").equals(AssociationState.ACTIVE.name()))
          .map(each -> Json.read(each.path("credential"), AssociationCredential.class))
          .filter(each -> fits(each, purpose, platform))
          .map(AssociationCredential::credentialId)
          .findFirst();
    } catch (NoAnswerException | ParticipantRefusal | JacksonException unavailable) {
      return Optional.empty();
    }
  }

  private boolean fits(AssociationCredential credential, String purpose, Platform platform) {
    return credential.purpose().equals(purpose)
        && credential.agentId().equals(world.agent().value())
        && (credential.scope().contains(platform.did().value())
            || credential.scope().contains("kind:" + platform.kind().code()));
  }
}
