package org.actsandbox.scenarios.engine.step;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Needs as files write them: what every need of a kind must say, and most leave out, is filled. */
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
        // Unknown kinds go out as they are: merchants have to refuse them.
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
