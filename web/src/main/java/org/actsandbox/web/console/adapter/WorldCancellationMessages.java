package org.actsandbox.web.console.adapter;

import java.util.Optional;
import org.actsandbox.agent.api.BuyerAgents;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.CancellationMessages;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Asks the demo agent of the world, whose key alone the sandbox holds. */
@Component
class WorldCancellationMessages implements CancellationMessages {

  @Override
  public Optional<JsonNode> signed(World world, Caller principal, Did agent, Order order) {
    return agent.equals(world.agent())
        ? Optional.of(
            world
                .participant(BuyerAgents.class)
                .forCaller(principal)
                .purchaseReturns()
                .message(order.intentId(), order.orderNo()))
        : Optional.empty();
  }
}
