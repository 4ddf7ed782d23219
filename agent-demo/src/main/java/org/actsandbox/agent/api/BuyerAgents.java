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
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.JsonMessage;

/**
 * The buyer agent of one world: one identity that acts for one or several principals. The agent of
 * each principal sees what belongs to this principal and nothing else; a dedicated agent has one
 * principal.
 */
public final class BuyerAgents implements AutoCloseable {

  private final Map<Did, BuyerAgent> byPrincipal = new LinkedHashMap<>();
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
   * @param worlds the same world for each principal, the first principal's first
   */
  public static BuyerAgents open(
      List<AgentWorld> worlds, ModelAndInterpreter modelAndInterpreter, AgentTimeouts timing) {
    var agents = new BuyerAgents(worlds.getFirst());
    for (var each : worlds) {
      agents.byPrincipal.put(
          each.principalDid(),
          BuyerAgent.open(each, modelAndInterpreter, timing, agents.conversationEvents));
    }
    return agents;
  }

  /**
   * Returns the agent of the principal whose key the caller presented.
   *
   * @throws Refusal {@code key_missing}, {@code key_forbidden}
   */
  public BuyerAgent forCaller(Caller caller) {
    var agent = byPrincipal.get(caller.require(Role.PRINCIPAL).did().orElseThrow());
    if (agent == null) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the agent does not act for this principal")
          .at("Authorization");
    }
    return agent;
  }

  /**
   * Returns the agent that acts for the principal of an assistant's key; the agent's own key acts
   * for the first principal.
   */
  public BuyerAgent forAssistant(Caller caller) {
    caller.require(Role.AGENT, Role.ASSISTANT);
    var principal = caller.is(Role.ASSISTANT) ? caller.subject() : null;
    var agent =
        principal == null
            ? byPrincipal.values().stream().findFirst().orElse(null)
            : byPrincipal.get(principal);
    if (agent == null) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the agent does not act for this principal")
          .at("Authorization");
    }
    return agent;
  }

  /** Returns the events of the conversations of all principals. */
  public ConversationEvents events() {
    return conversationEvents;
  }

  /** Returns the work that falls due for all principals: watches and tasks. */
  public List<DueWork> dueWork() {
    return byPrincipal.values().stream()
        .<DueWork>flatMap(agent -> agent.errandServices().stream())
        .toList();
  }

  /**
   * Passes a message of the delegation service to the agents of all principals; it concerns one of
   * them or none.
   */
  void notifyAgents(Consumer<BuyerAgent> notification) {
    byPrincipal.values().forEach(notification);
  }

  /**
   * Reads a message and checks that the delegation service signed it.
   *
   * @throws Refusal for a bad signature, {@code key_forbidden}
   */
  JsonMessage verifiedDelegationMessage(byte[] body) {
    var message = JsonMessage.parse(body);
    var signer = message.verifySigner(world.keys());
    if (!signer.equals(world.delegations().service())) {
      throw new Refusal(
              Problem.KEY_FORBIDDEN, "another participant signed for the delegation service")
          .at("signer_id")
          .expected(world.delegations().service().value())
          .observed(signer.value());
    }
    return message;
  }

  /**
   * Returns the evidence responder, which speaks for the agent itself when a principal disputes an
   * order.
   */
  EvidenceResponder evidenceResponder() {
    return evidenceResponder;
  }

  /** Stops waiting; running turns are stored and continue when the agent is opened again. */
  @Override
  public void close() {
    byPrincipal.values().forEach(BuyerAgent::close);
    conversationEvents.close();
  }
}
