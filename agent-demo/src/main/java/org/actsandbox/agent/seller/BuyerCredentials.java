package org.actsandbox.agent.seller;

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
public final class BuyerCredentials {

  /** The attribute with which a catalog says for which purpose a credential is needed. */
  public static final String ATTRIBUTE = "buyer_credential";

  private static final String PARTICIPANT = "sandbox-credit-issuer";

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final Duration timeout;

  public BuyerCredentials(AgentWorld world, AgentHttpClient agentHttpClient, Duration timeout) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
    this.timeout = timeout;
  }

  /**
   * Finds the id of a credential; empty also if the issuer does not answer, because the seller then
   * says what it needs.
   *
   * @param purpose the value of {@link #ATTRIBUTE} in the seller's catalog; empty for none
   */
  public Optional<String> find(String purpose, Platform platform) {
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
