package org.actsandbox.web.console.port;

import java.util.Optional;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;

/** Has the agent that ordered sign the message that cancels the order. */
public interface CancellationMessages {

  /** Returns the signed message; empty for an agent whose key the sandbox does not hold. */
  Optional<JsonNode> signed(World world, Caller principal, Did agent, Order order);
}
