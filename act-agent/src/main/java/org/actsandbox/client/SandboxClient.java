package org.actsandbox.client;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Calls a sandbox with a role key and reads the answer as raw JSON. */
public final class SandboxClient {

  /** Longer than the longest long-poll of the payment service. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final OutboundClient outboundClient;

  public SandboxClient(OutboundClient outboundClient) {
    this.outboundClient = outboundClient;
  }

  public OutboundClient outbound() {
    return outboundClient;
  }

  /**
   * Sends a GET request.
   *
   * @param key role key; null for public addresses
   * @throws UnexpectedReply if the status of the answer is not 2xx
   * @throws NoAnswerException if there is no answer
   */
  public JsonNode get(URI target, @Nullable String key) {
    return send("GET", target, key, null);
  }

  public JsonNode post(URI target, @Nullable String key, Object body) {
    return send("POST", target, key, body);
  }

  /** Makes a new world on the target; a loopback target needs no admin key. */
  public TargetWorld newWorld(URI origin, @Nullable String adminKey, Object settings) {
    var made = post(URI.create(origin + "/api/worlds"), adminKey, settings);
    return new TargetWorld(
        origin, made.path("world").asString(), IssuedRoleKeys.of(made.path("keys")));
  }

  /**
   * Returns an existing world with its keys.
   *
   * @param ownerKey the server's start token or admin key
   */
  public TargetWorld ownWorld(URI origin, String ownerKey, String world) {
    var keys = get(URI.create(origin + "/api/worlds/" + world + "/keys"), ownerKey);
    return new TargetWorld(origin, world, IssuedRoleKeys.of(keys));
  }

  /**
   * Tells whether a sandbox, and not another program, answers at {@code origin} within two seconds.
   */
  public boolean isSandbox(URI origin) {
    try {
      var health =
          outboundClient.send(
              OutboundClient.Call.get(
                  URI.create(origin + "/api/health"), Map.of(), Duration.ofSeconds(2)));
      return health.isSuccess() && Json.parse(health.body()).path("sandbox").asBoolean(false);
    } catch (NoAnswerException | tools.jackson.core.JacksonException notSandbox) {
      return false;
    }
  }

  /** Sends a request with any method; {@code body} is null for none. */
  public JsonNode send(String method, URI target, @Nullable String key, @Nullable Object body) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/json");
    if (key != null) {
      headers.put("Authorization", "Bearer " + key);
    }
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    var bytes = body == null ? new byte[0] : Json.bytes(body);
    var answer =
        outboundClient.send(new OutboundClient.Call(method, target, headers, bytes, TIMEOUT));
    if (!answer.isSuccess()) {
      throw new UnexpectedReply(method, target, answer.status(), answer.body());
    }
    return answer.body().length == 0 ? Json.object() : Json.parse(answer.body());
  }
}
