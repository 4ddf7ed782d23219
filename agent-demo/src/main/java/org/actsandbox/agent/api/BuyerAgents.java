package org.actsandbox.agent.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.ModelAndInterpreter;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.EvidenceResponder;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The buyer agent of one world: one identity, with a desk for each principal it acts for. Whoever
 * sits at a desk sees what belongs to its principal and nothing else; a dedicated agent has one.
 */
public final class BuyerAgents implements AutoCloseable {

  private final Map<Did, BuyerAgent> desks = new LinkedHashMap<>();
  private final AgentWorld world;
  private final ConversationEvents conversationEvents;
  private final EvidenceResponder evidenceResponder;

  private BuyerAgents(AgentWorld world) {
    this.world = world;
    this.conversationEvents = new ConversationEvents(world);
    this.evidenceResponder =
        new EvidenceResponder(
            Party.Role.PAYER_AGENT, world.attestations(), world.keys(), world::signer, world::now);
  }

  /**
   * @param worlds the same one for each principal, the first one's first
   */
  public static BuyerAgents open(
      List<AgentWorld> worlds, ModelAndInterpreter modelAndInterpreter, AgentTimeouts timing) {
    var agents = new BuyerAgents(worlds.getFirst());
    for (var each : worlds) {
      agents.desks.put(
          each.principalDid(),
          BuyerAgent.open(each, modelAndInterpreter, timing, agents.conversationEvents));
    }
    return agents;
  }

  /**
   * The desk of the principal whose key was shown.
   *
   * @throws Refusal {@code key_missing}, {@code key_forbidden}
   */
  public BuyerAgent forCaller(Caller caller) {
    var desk = desks.get(caller.require(Role.PRINCIPAL).did().orElseThrow());
    if (desk == null) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the agent does not act for this principal")
          .at("Authorization");
    }
    return desk;
  }

  /** Of all conversations, for whoever may look on. */
  public ConversationEvents events() {
    return conversationEvents;
  }

  /** What falls due at its desks: watches and tasks. */
  public List<DueWork> dueWork() {
    return desks.values().stream().flatMap(desk -> desk.dueWork().stream()).toList();
  }

  /** The delegation service tells something; it concerns one of the desks, or none. */
  void notifyAgents(Consumer<BuyerAgent> news) {
    desks.values().forEach(news);
  }

  /**
   * Whether a message is the delegation service's own.
   *
   * @throws Refusal of a signature, {@code key_forbidden}
   */
  JsonNode verifiedDelegationMessage(byte[] body) {
    JsonNode message;
    try {
      message = Json.parse(body);
    } catch (JacksonException notJson) {
      throw new Refusal(Problem.INVALID_FIELD, "the message is not JSON").expected("an object");
    }
    var signer = SignedJson.verify(message, world.keys());
    if (!signer.equals(world.delegations().service())) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "somebody else speaks for the delegation service")
          .at("signer_id")
          .expected(world.delegations().service().value())
          .observed(signer.value());
    }
    return message;
  }

  /** What the agent says when one of its principals disputes an order: it speaks for itself. */
  EvidenceResponder witness() {
    return evidenceResponder;
  }

  /** Stops waiting; what is under way is stored and goes on when the agent is opened again. */
  @Override
  public void close() {
    desks.values().forEach(BuyerAgent::close);
    conversationEvents.close();
  }
}
