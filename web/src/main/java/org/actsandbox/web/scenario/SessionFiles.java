package org.actsandbox.web.scenario;

import java.net.URI;
import org.actsandbox.protocol.http.PooledOutbound;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.control.WorldKeys;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.client.Keys;
import org.actsandbox.scenarios.client.Target;
import org.actsandbox.scenarios.record.Recording;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Makes a scenario file of what happened in a world of this server. */
@Component
public class SessionFiles implements DisposableBean {

  private final PooledOutbound outbound = new PooledOutbound(_ -> true);

  /**
   * @param name of the scenario
   * @return YAML
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} for the name, {@code
   *     illegal_transition} for a world in which nothing has happened, {@code limit_exceeded} for
   *     one in which too much has
   */
  public String of(World world, String name) {
    var keys = Json.read(Json.tree(WorldKeys.of(world)), Keys.class);
    return Recording.of(outbound, new Target(origin(world), world.name(), keys), name);
  }

  private static URI origin(World world) {
    var base = world.base().toString();
    return URI.create(base.substring(0, base.length() - "/w/".length() - world.name().length()));
  }

  @Override
  public void destroy() {
    outbound.close();
  }
}
