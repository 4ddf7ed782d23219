package org.actsandbox.web.console.principal;

import java.net.URI;
import java.util.Objects;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Calls the sandbox's own HTTP APIs with the key of a role. The console uses the same APIs as all
 * other clients, so that checks, faults and journal see what the principal does.
 */
@Component
public class ConsoleApiClient implements AutoCloseable {

  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  private final SandboxClient client = new SandboxClient(outbound);

  /**
   * Sends a GET request to an API of the world.
   *
   * @throws org.actsandbox.client.UnexpectedReply when the API refuses
   * @throws org.actsandbox.protocol.http.NoAnswerException when it does not answer
   */
  public JsonNode get(World world, Caller caller, String path) {
    return client.get(world.at(path), world.roleKey(caller.role(), caller.subject()));
  }

  public <T> T get(World world, Caller caller, String path, Class<T> type) {
    return Json.read(get(world, caller, path), type);
  }

  public JsonNode post(World world, Caller caller, String path, Object body) {
    return client.post(world.at(path), world.roleKey(caller.role(), caller.subject()), body);
  }

  public JsonNode postAs(World world, Did agent, String path, Object body) {
    // The world's own agent is the default subject of the role's key.
    var subject = agent.equals(world.agent()) ? null : agent;
    return client.post(world.at(path), world.roleKey(Role.AGENT, subject), body);
  }

  /** Calls the control API of a world with the operator's key. */
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
