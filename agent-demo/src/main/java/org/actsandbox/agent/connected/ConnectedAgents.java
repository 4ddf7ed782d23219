package org.actsandbox.agent.connected;

import java.net.URI;
import java.util.Optional;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;

/** Finds the agents of others that are connected to a world, and calls them. */
public interface ConnectedAgents {

  Optional<ConnectedAgent> find(String name);

  /** Returns the address of the world, which an agent is told with its first message. */
  URI world();

  /**
   * Sends a message to an agent and waits for its answer. The journal has both.
   *
   * @param conversation the conversation to which the message belongs
   * @throws NoAnswerException when there is no answer in time, or one that is too large
   */
  OutboundClient.Answer send(ConnectedAgent agent, String conversation, byte[] message);
}
