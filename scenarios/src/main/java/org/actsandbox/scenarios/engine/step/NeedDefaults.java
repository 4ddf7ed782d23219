package org.actsandbox.scenarios.engine.step;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills the fields that every need must have and that files mostly leave out. */
final class NeedDefaults {

  private NeedDefaults() {}

  static ObjectNode complete(JsonNode need) {
    var full = ((ObjectNode) need).deepCopy();
    switch (full.path("kind").asString()) {
      case "train" -> fill(full, "passengers", 1);
      case "hotel" -> {
        fill(full, "nights", 1);
        fill(full, "guests", 1);
        fill(full, "rooms", 1);
      }
      case "shop" -> {
        fill(full, "quantity", 1);
        if (!full.has("features")) {
          full.putArray("features");
        }
      }
      default -> {
        // Unknown kinds are sent unchanged, because merchants have to refuse them.
      }
    }
    return full;
  }

  private static void fill(ObjectNode need, String field, int value) {
    if (!need.has(field)) {
      need.put(field, value);
    }
  }
}
