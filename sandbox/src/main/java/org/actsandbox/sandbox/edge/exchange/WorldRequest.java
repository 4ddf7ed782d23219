package org.actsandbox.sandbox.edge.exchange;

import java.util.Optional;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.springframework.web.server.ServerWebExchange;

/**
 * Holds what the edge knows of a request and endpoints take as arguments: world, caller and
 * follow-up tasks.
 */
public record WorldRequest(World world, Caller caller, RequestFollowUpTasks afterwards) {

  private static final String ATTRIBUTE = WorldRequest.class.getName();

  /**
   * Makes the request of an exchange that is in no journal, so its follow-up tasks start at once.
   */
  public static WorldRequest unrecorded(World world, Caller caller) {
    var afterwards = new RequestFollowUpTasks();
    afterwards.answerWritten();
    return new WorldRequest(world, caller, afterwards);
  }

  public void putInto(ServerWebExchange exchange) {
    exchange.getAttributes().put(ATTRIBUTE, this);
  }

  public static WorldRequest of(ServerWebExchange exchange) {
    return find(exchange)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    exchange.getRequest().getPath().value() + " did not pass the edge"));
  }

  /** Returns what the edge knows of the request; empty if the request is for no world. */
  public static Optional<WorldRequest> find(ServerWebExchange exchange) {
    return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
  }
}
