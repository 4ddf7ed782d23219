package org.actsandbox.web.console.play;

import java.net.URI;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.sandbox.key.RoleKeys;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.engine.TargetServer;
import org.springframework.stereotype.Component;

/**
 * Describes this sandbox as a target of scenarios, which reach it over HTTP by its address and a
 * key.
 */
@Component
class OwnTargetServer implements AutoCloseable {

  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  private final Worlds worlds;
  private final RoleKeys keys;

  OwnTargetServer(Worlds worlds, RoleKeys keys) {
    this.worlds = worlds;
    this.keys = keys;
  }

  TargetServer server() {
    var base = worlds.demo().base().toString();
    var origin = base.substring(0, base.length() - "/w/".length() - Worlds.DEMO.length());
    return new TargetServer(URI.create(origin), keys.adminKey(), outbound);
  }

  @Override
  public void close() {
    outbound.close();
  }
}
