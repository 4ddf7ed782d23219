package org.actsandbox.web.console.port;

import java.time.Duration;
import java.util.List;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Reads the conversations of the demo agent; what happens in them goes over the agent's API. */
public interface ConversationReader {

  /**
   * Returns all events so far of a principal's conversation, without tokens.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}, also for another principal's
   *     conversation
   */
  List<ConversationEvent> history(World world, Caller principal, String conversation);

  /** Returns the names of the agents of others with which a conversation can be held. */
  List<String> connectedAgents(World world);

  /** Returns the connected agent that answers in a conversation; null for the demo agent. */
  @Nullable String agentOf(World world, Caller principal, String conversation);

  /** Returns all events so far of any principal's conversation, without tokens. */
  List<ConversationEvent> historyForObserver(World world, String conversation);

  /** Follows the events after number {@code seq}; the stream does not end. */
  Flux<ConversationEvent> follow(World world, String conversation, long seq);

  /**
   * Waits until the agent's turn ends, at most for {@code timeout}.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}, also for another principal's
   *     conversation
   */
  void awaitTurnEnd(World world, Caller principal, String conversation, Duration timeout);
}
