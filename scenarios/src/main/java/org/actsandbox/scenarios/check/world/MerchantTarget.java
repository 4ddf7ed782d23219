package org.actsandbox.scenarios.check.world;

import java.net.URI;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The merchant that is checked.
 *
 * @param base its address, without a slash at the end
 * @param id its name in the world; its DID is {@code did:act:} and this name
 * @param relay its address in the world, where requests meet the faults that are armed for it
 * @param mock whether it is one of the sandbox's own, whose stock and prices the world can change
 * @param config what the user says about it; an empty object if all is found
 */
public record MerchantTarget(URI base, String id, URI relay, boolean mock, JsonNode config) {

  public static MerchantTarget mock(CheckWorld world, String id) {
    return mock(world, id, Json.object());
  }

  /** Returns one of the sandbox's own merchants with a configuration. */
  public static MerchantTarget mock(CheckWorld world, String id, JsonNode config) {
    var address = world.target().at("/merchants/" + id);
    return new MerchantTarget(address, id, address, true, config);
  }

  /** Returns a merchant that runs elsewhere and was registered in the world. */
  public static MerchantTarget outside(CheckWorld world, URI base, String id, JsonNode config) {
    return new MerchantTarget(base, id, world.target().at("/merchants/" + id), false, config);
  }

  public String did() {
    return "did:act:" + id;
  }

  /** Returns an address of the merchant; the path begins with a slash. */
  public URI at(String path) {
    return URI.create(base + path);
  }

  /** Resolves an address that the merchant gave, which may be relative to its own. */
  public URI resolve(String address) {
    return URI.create(base + "/").resolve(address);
  }

  /** Returns a text of the configuration; null if it is absent. */
  public @Nullable String setting(String pointer) {
    var value = config.at(pointer);
    return value.isMissingNode() || value.isNull() ? null : value.asString();
  }

  /** Returns the address in the world that stands for one of the merchant's own. */
  public URI inWorld(URI own) {
    return URI.create(own.toString().replace(base.toString(), relay.toString()));
  }
}
