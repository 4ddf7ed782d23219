package org.actsandbox.web.console.glassbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.api.BuyerAgents;
import org.actsandbox.agent.conversation.ConversationEvent;
import org.actsandbox.agent.conversation.ConversationEventStreams;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/**
 * The principal's side of the conversation with the demo agent. What the principal does goes over
 * the agent's own surface, so that the journal has it; looking on does not.
 */
@Component
class AgentConversationClient {

  private static final String CONVERSATIONS = "/agents/demo-agent/conversations";

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ConsoleApiClient consoleApiClient;

  AgentConversationClient(ConsoleApiClient consoleApiClient) {
    this.consoleApiClient = consoleApiClient;
  }

  String open(World world, Caller you) {
    return consoleApiClient
        .post(world, you, CONVERSATIONS, Map.of())
        .path("conversation_id")
        .asString("");
  }

  void say(World world, Caller you, String conversation, String text) {
    letFinish(world, you, conversation);
    consoleApiClient.post(world, you, at(conversation, "/messages"), Map.of("text", text));
  }

  void choose(
      World world, Caller you, String conversation, List<String> offerIds, @Nullable String seat) {
    var choice = Json.object();
    offerIds.forEach(choice.putArray("offer_ids")::add);
    if (seat != null) {
      choice.put("seat", seat);
    }
    letFinish(world, you, conversation);
    consoleApiClient.post(world, you, at(conversation, "/choice"), choice);
  }

  void cancel(World world, Caller you, String conversation) {
    consoleApiClient.post(world, you, at(conversation, "/cancel"), Map.of());
  }

  /**
   * Offers are there before the agent has told of them: who takes one meanwhile is heard when it
   * has. After a while the agent says itself that it is busy.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}, also for another principal's
   */
  private static void letFinish(World world, Caller you, String conversation) {
    var agent = world.participant(BuyerAgents.class).forCaller(you);
    agent.awaitEnd(agent.conversations().get(conversation), PATIENCE);
  }

  /**
   * Everything so far, without tokens.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}, also for another principal's
   */
  List<AgentEvent> history(World world, Caller you, String conversation) {
    var agent = world.participant(BuyerAgents.class).forCaller(you);
    var known = agent.conversations().get(conversation);
    return agent.events().latest(known.conversationId()).stream()
        .map(AgentConversationClient::event)
        .toList();
  }

  /** Likewise, whoever's it is: for pages that look on while somebody else acts. */
  List<AgentEvent> historyForObserver(World world, String conversation) {
    return world.participant(BuyerAgents.class).events().latest(conversation).stream()
        .map(AgentConversationClient::event)
        .toList();
  }

  /** What happens after event {@code seq}, without end. */
  Flux<AgentEvent> follow(World world, String conversation, long seq) {
    return ConversationEventStreams.after(
            world.participant(BuyerAgents.class).events(), conversation, seq)
        .mapNotNull(ServerSentEvent::data)
        .map(AgentConversationClient::event);
  }

  private static AgentEvent event(ConversationEvent event) {
    return new AgentEvent(event.seq(), event.at(), event.type(), event.data());
  }

  private static String at(String conversation, String path) {
    return CONVERSATIONS + "/" + conversation + path;
  }
}
