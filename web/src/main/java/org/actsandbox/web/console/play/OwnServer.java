package org.actsandbox.web.console.play;

import java.net.URI;
import org.actsandbox.protocol.http.PooledOutbound;
import org.actsandbox.sandbox.key.RoleKeys;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.engine.Server;
import org.springframework.stereotype.Component;

/** This sandbox as scenarios see every target: by its address and a key, over HTTP. */
@Component
class OwnServer implements AutoCloseable {

  private final PooledOutbound outbound = new PooledOutbound(_ -> true);
  private final Worlds worlds;
  private final RoleKeys keys;

  OwnServer(Worlds worlds, RoleKeys keys) {
    this.worlds = worlds;
    this.keys = keys;
  }

  Server server() {
    var base = worlds.demo().base().toString();
    var origin = base.substring(0, base.length() - "/w/".length() - Worlds.DEMO.length());
    return new Server(URI.create(origin), keys.adminKey(), outbound);
  }

  @Override
  public void close() {
    outbound.close();
  }
}
