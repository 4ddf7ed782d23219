package org.actsandbox.agent.language;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads wishes from tool arguments. A hosted model leaves fields out that the built-in one always
 * writes: counts default to one, lists to none, {@code kind} is required.
 */
public final class WishJson {

  /** More wishes in one sentence are refused. */
  public static final int MAX_WISHES = 12;

  private WishJson() {}

  /**
   * @throws IllegalArgumentException saying which wish is wrong and why
   */
  public static List<Wish> read(JsonNode wishes) {
    if (!wishes.isArray() || wishes.isEmpty() || wishes.size() > MAX_WISHES) {
      throw new IllegalArgumentException("wishes: expected a list of 1 to " + MAX_WISHES);
    }
    var read = new ArrayList<Wish>();
    for (int i = 0; i < wishes.size(); i++) {
      read.add(read(wishes.get(i), "wishes[" + i + "]"));
    }
    return read;
  }

  private static Wish read(JsonNode node, String path) {
    if (!(node instanceof ObjectNode object)) {
      throw new IllegalArgumentException(path + ": expected an object");
    }
    var filled = object.deepCopy();
    switch (filled.path("kind").asString("")) {
      case "train" -> count(list(filled, "avoid"), "passengers");
      case "hotel" -> count(count(count(filled, "nights"), "guests"), "rooms");
      case "shop" -> count(list(filled, "features"), "quantity");
      default -> throw new IllegalArgumentException(path + ".kind: expected train, hotel or shop");
    }
    try {
      return Json.read(filled, Wish.class);
    } catch (JacksonException wrong) {
      throw new IllegalArgumentException(path + ": " + wrong.getOriginalMessage(), wrong);
    }
  }

  private static ObjectNode count(ObjectNode node, String field) {
    if (!node.hasNonNull(field)) {
      node.put(field, 1);
    }
    return node;
  }

  private static ObjectNode list(ObjectNode node, String field) {
    if (!node.hasNonNull(field)) {
      node.putArray(field);
    }
    return node;
  }
}
