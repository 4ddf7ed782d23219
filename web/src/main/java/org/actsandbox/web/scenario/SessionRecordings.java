package org.actsandbox.web.scenario;

import java.net.URI;
import org.actsandbox.client.IssuedRoleKeys;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.control.WorldKeys;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.record.SessionRecording;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Makes a scenario file of what happened in a world of this server. */
@Component
public class SessionRecordings implements DisposableBean {

  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);

  /**
   * @param name the scenario's name
   * @return YAML
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} for the name, {@code
   *     illegal_transition} for a world in which nothing has happened, {@code limit_exceeded} for
   *     one in which too much has
   */
  public String of(World world, String name) {
    var issuedRoleKeys = Json.read(Json.tree(WorldKeys.of(world)), IssuedRoleKeys.class);
    return SessionRecording.of(
        outbound, new TargetWorld(origin(world), world.name(), issuedRoleKeys), name);
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
