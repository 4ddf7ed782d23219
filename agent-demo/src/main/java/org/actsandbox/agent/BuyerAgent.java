package org.actsandbox.agent;

import dev.langchain4j.model.chat.StreamingChatModel;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.conversation.Events;

/**
 * The buyer agent of one world. Opening it resumes what a stop of the process interrupted: a
 * payment that waited for its approval goes on waiting, and nothing is paid twice.
 */
public final class BuyerAgent implements AutoCloseable {

  private final Conversations conversations;
  private final Events events;
  private final StreamingChatModel model;
  private final AgentTiming timing;

  private BuyerAgent(AgentWorld world, StreamingChatModel model, AgentTiming timing) {
    this.conversations = new Conversations(world);
    this.events = new Events(world);
    this.model = model;
    this.timing = timing;
  }

  public static BuyerAgent open(AgentWorld world, StreamingChatModel model, AgentTiming timing) {
    return new BuyerAgent(world, model, timing);
  }

  public Conversations conversations() {
    return conversations;
  }

  public Events events() {
    return events;
  }

  StreamingChatModel model() {
    return model;
  }

  AgentTiming timing() {
    return timing;
  }

  /** Stops waiting; what is under way is stored and goes on when the agent is opened again. */
  @Override
  public void close() {
    events.close();
  }
}
