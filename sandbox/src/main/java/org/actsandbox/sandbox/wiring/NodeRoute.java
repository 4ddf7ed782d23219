package org.actsandbox.sandbox.wiring;

import java.net.URI;
import java.util.HashMap;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.sandbox.node.NodeCalls;
import org.actsandbox.sandbox.world.ServerAddresses;

/**
 * Leads calls to the public address of all nodes to this node's own listener (ADR 57): the worlds
 * that call are here, and no purchase depends on a balancer.
 */
final class NodeRoute implements OutboundClient, AutoCloseable {

  private final PooledOutboundClient client;
  private final ServerAddresses addresses;
  private final NodeCalls calls;

  NodeRoute(PooledOutboundClient client, ServerAddresses addresses, NodeCalls calls) {
    this.client = client;
    this.addresses = addresses;
    this.calls = calls;
  }

  @Override
  public Answer send(Call call) {
    var target = call.target();
    if (!addresses.isOrigin(target)) {
      return client.send(call);
    }
    var headers = new HashMap<>(call.headers());
    headers.put(NodeCalls.HEADER, calls.mark());
    var query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return client.send(
        new Call(
            call.method(),
            URI.create(addresses.listener() + target.getRawPath() + query),
            headers,
            call.body(),
            call.timeout()));
  }

  @Override
  public void close() {
    client.close();
  }
}
