package org.actsandbox.sandbox.edge;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.springframework.web.server.ServerWebExchange;

/** What the edge found out about a request and endpoints take as arguments. */
record WorldRequest(World world, Caller caller, RequestFollowUpTasks afterwards) {

  private static final String ATTRIBUTE = WorldRequest.class.getName();

  /** For what is in no journal: consequences start at once. */
  static WorldRequest unrecorded(World world, Caller caller) {
    var afterwards = new RequestFollowUpTasks();
    afterwards.answerWritten();
    return new WorldRequest(world, caller, afterwards);
  }

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
