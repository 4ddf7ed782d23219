package org.actsandbox.web.cli;

import java.util.List;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.web.cli.server.ServerStartFailure;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Registers the merchant to be checked in the world of its check. */
final class CheckRegistration {

  private static final List<String> KINDS = List.of("train", "hotel", "shop", "service");

  private CheckRegistration() {}

  /**
   * Registers the merchant and returns what the sandbox says of it.
   *
   * @param base address of the merchant, without a slash at the end
   * @param content the file of {@code --config}
   * @param resource path of the one paid resource of a gate; null for other merchants
   * @throws ServerStartFailure if the sandbox does not take it
   */
  static JsonNode register(
      CheckWorld checkWorld,
      String base,
      ObjectNode content,
      CheckLevel level,
      @Nullable String resource) {
    var request = Json.object().put("url", base);
    request.put("id", content.path("id").asString("my-shop"));
    request.put("level", level.code());
    var kind = content.path("kind").asString("");
    if (resource != null) {
      request.put("kind", "service").put("resource", resource.isEmpty() ? "/" : resource);
    } else if (KINDS.contains(kind)) {
      request.put("kind", kind);
    }
    try {
      return checkWorld.register(request);
    } catch (UnexpectedReply refused) {
      if (request.has("kind")) {
        throw new ServerStartFailure(
            "the sandbox does not take the merchant: " + refused.getMessage(), refused);
      }
      // A merchant without a card does not say what it sells; most of them are shops.
      return checkWorld.register(request.put("kind", "shop"));
    }
  }
}
