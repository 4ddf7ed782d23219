package org.actsandbox.scenarios.engine.step;

import org.actsandbox.protocol.commerce.MerchantKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills the fields that every need must have and that files mostly leave out. */
final class NeedDefaults {

  private NeedDefaults() {}

  static ObjectNode complete(JsonNode need) {
    var full = ((ObjectNode) need).deepCopy();
    // Unknown kinds are sent unchanged, because merchants have to refuse them.
    MerchantKind.find(full.path("kind").asString()).ifPresent(kind -> fill(full, kind));
    return full;
  }

  private static void fill(ObjectNode full, MerchantKind kind) {
    switch (kind) {
      case TRAIN -> fill(full, "passengers", 1);
      case HOTEL -> {
        fill(full, "nights", 1);
        fill(full, "guests", 1);
        fill(full, "rooms", 1);
      }
      case SHOP -> {
        fill(full, "quantity", 1);
        if (!full.has("features")) {
          full.putArray("features");
        }
      }
      case SERVICE -> {
        // Services are requested without a need.
      }
    }
  }

  private static void fill(ObjectNode need, String field, int value) {
    if (!need.has(field)) {
      need.put(field, value);
    }
  }
}
