package org.actsandbox.web.cli.gate;

import java.net.URI;
import java.util.HashMap;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.cli.server.ServerStartFailure;
import tools.jackson.databind.JsonNode;

/** Adds the merchant of a gate to a world, or takes over the one that an earlier start added. */
public final class GateRegistration {

  private static final int CONFLICT = 409;

  private final SandboxClient client;
  private final TargetWorld world;

  public GateRegistration(SandboxClient client, TargetWorld world) {
    this.client = client;
    this.world = world;
  }

  /**
   * Registers a merchant of level gate. A merchant of that id and level that is there already gets
   * this address and a new key: nobody else can use the old one, because it was told once.
   *
   * @throws ServerStartFailure if the world refuses it, or the id is that of another participant
   */
  public MerchantSettings register(String id, URI url, String resource) {
    var merchants = world.api("/merchants");
    var request =
        Json.object().put("url", url.toString()).put("level", "gate").put("resource", resource);
    try {
      return settings(
          client.post(merchants, key(), request.deepCopy().put("id", id).put("kind", "service")));
    } catch (UnexpectedReply refused) {
      if (refused.status() != CONFLICT) {
        throw refused(refused);
      }
    }
    var own = URI.create(merchants + "/" + id);
    try {
      if (!client.get(own, key()).path("level").asString("").equals("gate")) {
        throw new ServerStartFailure(
            "a merchant %s of another level takes part already: choose another --id".formatted(id),
            null);
      }
      return settings(client.send("PATCH", own, key(), request.put("new_key", true)));
    } catch (UnexpectedReply refused) {
      throw refused(refused);
    }
  }

  private String key() {
    return world.keys().operator();
  }

  private static ServerStartFailure refused(UnexpectedReply refused) {
    return new ServerStartFailure(
        "the world does not take the gate: " + refused.getMessage(), refused);
  }

  private static MerchantSettings settings(JsonNode view) {
    var values = new HashMap<String, String>();
    view.path("env")
        .asString("")
        .lines()
        .map(line -> line.split("=", 2))
        .filter(line -> line.length == 2)
        .forEach(line -> values.put(line[0], line[1]));
    return MerchantSettings.of(values);
  }
}
