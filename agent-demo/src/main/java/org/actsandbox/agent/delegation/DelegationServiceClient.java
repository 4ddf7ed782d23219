package org.actsandbox.agent.delegation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.Isr;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Calls the delegation service for the agent: it sends drafts, fetches and verifies credentials,
 * and asks for their state (ACT ADD-8).
 */
public final class DelegationServiceClient {

  private static final String DELEGATION_SERVICE = "sandbox-delegations";
  private static final int MAX_KNOWN_STATES = 1000;

  private final AgentWorld world;
  private final AgentTimeouts timing;
  private final AgentHttpClient agentHttpClient;

  /** The last known states, for the time that the service does not answer (ACT ADD-8). */
  private final Map<String, DelegationState> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DelegationState> eldest) {
          return size() > MAX_KNOWN_STATES;
        }
      };

  private final ReentrantLock lock = new ReentrantLock();

  public DelegationServiceClient(
      AgentWorld world, AgentTimeouts timing, AgentHttpClient agentHttpClient) {
    this.world = world;
    this.timing = timing;
    this.agentHttpClient = agentHttpClient;
  }

  /**
   * Sends a draft: the first one of an intent, or a better one.
   *
   * @return the intent as the service sees it, with its open questions and what it would permit
   * @throws ParticipantRefusal with the service's words
   */
  public JsonNode sendDraft(Isr isr) {
    var message = Json.object();
    message.set("isr", Json.tree(isr));
    message.put("timestamp", world.now().toString());
    world.addPrincipal(message);
    var body = Json.write(SignedJson.sign(message, world.signer()));
    var intentId = String.valueOf(isr.intentId());
    return AgentHttpClient.body(
        DELEGATION_SERVICE,
        agentHttpClient.postWithKey(
            world.delegations().at("/intents"), intentId, body, timing.call()));
  }

  public JsonNode fetchIntent(String intentId) {
    return get("/intents/" + intentId, intentId);
  }

  /** Fetches a delegation with its state; only those of this agent are found. */
  public JsonNode fetchDelegation(String delegationId) {
    return get("/iacs/" + delegationId, "");
  }

  /** Fetches the agent's delegations, the newest first. */
  public JsonNode fetchDelegations() {
    return get("/iacs", "");
  }

  /** Fetches the agent's intents, decided or not, the newest first. */
  public JsonNode fetchIntents() {
    return get("/intents", "");
  }

  /**
   * Fetches and verifies the credential of an authorized intent.
   *
   * @throws ParticipantRefusal {@code iac_invalid} when it is not what the agent asked for
   */
  public Iac fetchCredential(String delegationId, String intentId) {
    var compact = get("/iacs/" + delegationId + "/credential", intentId).path("iac").asString("");
    try {
      var iac = IacCodec.verify(compact, world.keys());
      var payload = iac.payload();
      if (payload.agentId().equals(world.agent().value())
          && payload.delegatorIdentity().equals(world.delegations().principal().value())
          && payload.delegationId().equals(delegationId)
          && intentId.equals(payload.intentId())) {
        recordState(delegationId, DelegationState.ACTIVE);
        return iac;
      }
    } catch (Refusal unverified) {
      throw new ParticipantRefusal(
          DELEGATION_SERVICE, 0, unverified.problem().code(), unverified.detail(), unverified);
    }
    throw ParticipantRefusal.untrusted(
        DELEGATION_SERVICE, "iac_invalid", "it issued something else than was asked for");
  }

  /** Parses a credential that the agent verified when it fetched it. */
  public Iac parseCredential(DelegatedAuthority delegatedAuthority) {
    return IacCodec.verify(delegatedAuthority.iac(), world.keys());
  }

  /** Returns the current state by the status list, or else the last known state (ACT ADD-8). */
  public Optional<DelegationState> currentState(Iac iac) {
    var delegationId = iac.payload().delegationId();
    try {
      var state = statusList(iac).at(iac.status().index());
      // A list entry that was never assigned confirms no credential, even if that was in force
      // before.
      state.ifPresent(listed -> recordState(delegationId, listed));
      return state;
    } catch (NoAnswerException
        | ParticipantRefusal
        | Refusal
        | JacksonException
        | IllegalArgumentException failed) {
      return lastKnownState(delegationId);
    }
  }

  /** Records a state that the service told by itself. */
  public void recordState(String delegationId, DelegationState state) {
    lock.lock();
    try {
      known.put(delegationId, state);
    } finally {
      lock.unlock();
    }
  }

  private Optional<DelegationState> lastKnownState(String delegationId) {
    lock.lock();
    try {
      return Optional.ofNullable(known.get(delegationId));
    } finally {
      lock.unlock();
    }
  }

  private StatusList statusList(Iac iac) {
    var address = iac.status().list();
    if (!address.toString().startsWith(world.delegations().at("/status/").toString())) {
      throw ParticipantRefusal.untrusted(
          DELEGATION_SERVICE, "iac_invalid", "its status list is not on the delegation service");
    }
    var intentId = String.valueOf(iac.payload().intentId());
    var raw =
        AgentHttpClient.body(
            DELEGATION_SERVICE, agentHttpClient.get(address, intentId, timing.call()));
    requireService(SignedJson.verify(raw, world.keys()));
    var statusList = Json.read(raw, StatusList.class);
    if (!address.getPath().endsWith("/" + statusList.listId())) {
      throw ParticipantRefusal.untrusted(
          DELEGATION_SERVICE, "upstream_failed", "it sent another status list");
    }
    return statusList;
  }

  /**
   * @throws ParticipantRefusal unless {@code signer} is the delegation service
   */
  public void requireService(Did signer) {
    if (!signer.equals(world.delegations().service())) {
      throw ParticipantRefusal.untrusted(
          DELEGATION_SERVICE, "key_forbidden", "another participant signed for the service");
    }
  }

  /** Gives the authority back; a second call changes nothing. */
  public void revoke(String delegationId, String intentId, String reason) {
    var body = Json.write(Json.object().put("reason", reason));
    AgentHttpClient.body(
        DELEGATION_SERVICE,
        agentHttpClient.postWithKey(
            world.delegations().at("/iacs/" + delegationId + "/revoke"),
            intentId,
            body,
            timing.call()));
    recordState(delegationId, DelegationState.REVOKED);
  }

  private JsonNode get(String path, String intentId) {
    return AgentHttpClient.body(
        DELEGATION_SERVICE,
        agentHttpClient.getWithKey(world.delegations().at(path), intentId, timing.call()));
  }
}
