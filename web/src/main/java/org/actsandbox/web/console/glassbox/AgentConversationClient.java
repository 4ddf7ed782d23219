package org.actsandbox.web.console.glassbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.ConversationReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/**
 * Takes the principal's part in the conversation with the demo agent. The principal's actions go
 * over the agent's own HTTP API, so that the journal has them; observing a conversation does not.
 */
@Component
class AgentConversationClient {

  private static final String CONVERSATIONS = "/agents/demo-agent/conversations";

  private static final Duration TURN_TIMEOUT = Duration.ofSeconds(3);

  private final ConsoleApiClient consoleApiClient;
  private final ConversationReader conversationReader;

  AgentConversationClient(
      ConsoleApiClient consoleApiClient, ConversationReader conversationReader) {
    this.consoleApiClient = consoleApiClient;
    this.conversationReader = conversationReader;
  }

  String open(World world, Caller principal) {
    return open(world, principal, null);
  }

  /**
   * Opens a conversation.
   *
   * @param agent the connected agent that shall answer; null for the demo agent
   */
  String open(World world, Caller principal, @Nullable String agent) {
    return consoleApiClient
        .post(world, principal, CONVERSATIONS, agent == null ? Map.of() : Map.of("agent", agent))
        .path("conversation_id")
        .asString("");
  }

  /**
   * Says a sentence. The agent answers beside a purchase that is under way; a turn that only talks
   * must end first.
   */
  void say(World world, Caller principal, String conversation, String text) {
    var message = Map.of("text", text);
    try {
      consoleApiClient.post(world, principal, at(conversation, "/messages"), message);
    } catch (UnexpectedReply busy) {
      if (!busy.code().equals(Problem.ILLEGAL_TRANSITION.code())) {
        throw busy;
      }
      awaitTurnEnd(world, principal, conversation);
      consoleApiClient.post(world, principal, at(conversation, "/messages"), message);
    }
  }

  void choose(
      World world,
      Caller principal,
      String conversation,
      List<String> offerIds,
      @Nullable String seat) {
    var choice = Json.object();
    offerIds.forEach(choice.putArray("offer_ids")::add);
    if (seat != null) {
      choice.put("seat", seat);
    }
    awaitTurnEnd(world, principal, conversation);
    consoleApiClient.post(world, principal, at(conversation, "/choice"), choice);
  }

  void cancel(World world, Caller principal, String conversation) {
    consoleApiClient.post(world, principal, at(conversation, "/cancel"), Map.of());
  }

  /** Returns the names of the agents of others with which a conversation can be held. */
  List<String> connectedAgents(World world) {
    return conversationReader.connectedAgents(world);
  }

  /** Returns the connected agent that answers in a conversation; null for the demo agent. */
  @Nullable String agentOf(World world, Caller principal, String conversation) {
    return conversationReader.agentOf(world, principal, conversation);
  }

  /**
   * Waits a short time until the agent's turn ends. Offers appear on the page before the turn ends,
   * and a choice made meanwhile has to wait for it. If the turn takes longer, the agent answers
   * that it is busy.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}, also for another principal's
   *     conversation
   */
  private void awaitTurnEnd(World world, Caller principal, String conversation) {
    conversationReader.awaitTurnEnd(world, principal, conversation, TURN_TIMEOUT);
  }

  /**
   * Returns all events so far, without tokens.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}, also for another principal's
   *     conversation
   */
  List<ConversationEvent> history(World world, Caller principal, String conversation) {
    return conversationReader.history(world, principal, conversation);
  }

  /**
   * Returns all events so far of any principal's conversation, without tokens, for pages that
   * observe a scenario.
   */
  List<ConversationEvent> historyForObserver(World world, String conversation) {
    return conversationReader.historyForObserver(world, conversation);
  }

  /** Follows the events after number {@code seq}; the stream does not end. */
  Flux<ConversationEvent> follow(World world, String conversation, long seq) {
    return conversationReader.follow(world, conversation, seq);
  }

  private static String at(String conversation, String path) {
    return CONVERSATIONS + "/" + conversation + path;
  }
}
