package org.actsandbox.agent;

import java.net.URI;
import java.util.Optional;
import org.actsandbox.agent.connected.ConnectedAgent;
import org.actsandbox.agent.connected.ConnectedAgents;
import org.actsandbox.protocol.http.OutboundClient;

/** Says that no agent of others is connected. */
final class NoConnectedAgents implements ConnectedAgents {

  @Override
  public Optional<ConnectedAgent> find(String name) {
    return Optional.empty();
  }

  @Override
  public URI world() {
    return URI.create("http://localhost:1/w/test");
  }

  @Override
  public OutboundClient.Answer send(ConnectedAgent agent, String conversation, byte[] message) {
    throw new AssertionError("no agent of others is connected");
  }
}
