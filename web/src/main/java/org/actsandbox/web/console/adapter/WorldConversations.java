package org.actsandbox.web.console.adapter;

import java.time.Duration;
import java.util.List;
import org.actsandbox.agent.api.BuyerAgents;
import org.actsandbox.agent.connected.ConnectedAgent;
import org.actsandbox.agent.conversation.ConversationEventStreams;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.connected.ConnectedAgentTable;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.ConversationReader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Reads conversations from the demo agent of the world. */
@Component
class WorldConversations implements ConversationReader {

  private final ConnectedAgentTable connectedAgentTable;

  WorldConversations(ConnectedAgentTable connectedAgentTable) {
    this.connectedAgentTable = connectedAgentTable;
  }

  @Override
  public List<String> connectedAgents(World world) {
    return connectedAgentTable.all(world).stream().map(ConnectedAgent::name).toList();
  }

  @Override
  public @Nullable String agentOf(World world, Caller principal, String conversation) {
    return agents(world).forCaller(principal).conversations().get(conversation).connectedAgent();
  }

  @Override
  public List<ConversationEvent> history(World world, Caller principal, String conversation) {
    var agent = agents(world).forCaller(principal);
    return agent.events().latest(agent.conversations().get(conversation).conversationId());
  }

  @Override
  public List<ConversationEvent> historyForObserver(World world, String conversation) {
    return agents(world).events().latest(conversation);
  }

  @Override
  public Flux<ConversationEvent> follow(World world, String conversation, long seq) {
    return ConversationEventStreams.after(agents(world).events(), conversation, seq)
        .mapNotNull(ServerSentEvent::data);
  }

  @Override
  public void awaitTurnEnd(World world, Caller principal, String conversation, Duration timeout) {
    var agent = agents(world).forCaller(principal);
    agent.awaitEnd(agent.conversations().get(conversation), timeout);
  }

  private static BuyerAgents agents(World world) {
    return world.participant(BuyerAgents.class);
  }
}
