package org.actsandbox.sandbox.edge;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.springframework.web.server.ServerWebExchange;

/** What the edge found out about a request and endpoints take as arguments. */
record WorldRequest(World world, Caller caller) {

  private static final String ATTRIBUTE = WorldRequest.class.getName();

  void putInto(ServerWebExchange exchange) {
    exchange.getAttributes().put(ATTRIBUTE, this);
  }

  static WorldRequest of(ServerWebExchange exchange) {
    if (exchange.getAttribute(ATTRIBUTE) instanceof WorldRequest found) {
      return found;
    }
    throw new IllegalStateException(
        exchange.getRequest().getPath().value() + " did not pass the edge");
  }
}
