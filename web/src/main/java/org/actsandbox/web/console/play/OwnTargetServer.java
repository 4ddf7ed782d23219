package org.actsandbox.web.console.play;

import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.sandbox.key.RoleKeys;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.actsandbox.scenarios.engine.TargetServer;
import org.springframework.stereotype.Component;

/**
 * Describes this sandbox as a target of scenarios, which reach it over HTTP by its address and a
 * key.
 */
@Component
public class OwnTargetServer implements AutoCloseable {

  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  private final ServerAddresses addresses;
  private final RoleKeys keys;

  OwnTargetServer(ServerAddresses addresses, RoleKeys keys) {
    this.addresses = addresses;
    this.keys = keys;
  }

  public TargetServer server() {
    return new TargetServer(addresses.origin(), keys.adminKey(), outbound);
  }

  @Override
  public void close() {
    outbound.close();
  }
}
