package org.actsandbox.web.console.principal;

import java.net.URI;
import java.util.Objects;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.client.SandboxClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The sandbox's own HTTP surfaces, called with somebody's key. The console takes the same door as
 * everybody else, so that checks, faults and journal see what the principal does.
 */
@Component
public class ConsoleApiClient implements AutoCloseable {

  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  private final SandboxClient client = new SandboxClient(outbound);

  /**
   * @throws org.actsandbox.scenarios.client.UnexpectedReply when the surface refuses
   * @throws org.actsandbox.protocol.http.NoAnswerException when it does not answer
   */
  public JsonNode get(World world, Caller who, String path) {
    return client.get(world.at(path), world.roleKey(who.role(), who.subject()));
  }

  public <T> T get(World world, Caller who, String path, Class<T> type) {
    return Json.read(get(world, who, path), type);
  }

  public JsonNode post(World world, Caller who, String path, Object body) {
    return client.post(world.at(path), world.roleKey(who.role(), who.subject()), body);
  }

  public JsonNode postAs(World world, Did agent, String path, Object body) {
    var outside = agent.equals(world.agent()) ? null : agent;
    return client.post(world.at(path), world.roleKey(Role.AGENT, outside), body);
  }

  /** The control API of a world, or of the server where {@code path} names none. */
  public JsonNode callControlApi(String method, World world, String path, @Nullable Object body) {
    var key = world.roleKey(Role.OPERATOR, null);
    var target = api(world, path);
    return switch (method) {
      case "GET" -> client.get(target, key);
      case "POST" -> client.post(target, key, Objects.requireNonNullElseGet(body, Json::object));
      default -> client.send(method, target, key, body);
    };
  }

  private static URI api(World world, String path) {
    var base = world.base().toString();
    var origin = base.substring(0, base.length() - "/w/".length() - world.name().length());
    return URI.create(origin + "/api/worlds/" + world.name() + path);
  }

  @Override
  public void close() {
    outbound.close();
  }
}
