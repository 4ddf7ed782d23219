package org.actsandbox.agent.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads wishes from tool arguments. A hosted model leaves out fields that the built-in model always
 * writes: counts default to one, lists to none, and {@code kind} is required.
 */
public final class WishJson {

  /** More wishes in one sentence are refused. */
  public static final int MAX_WISHES = 12;

  private static final String OTHERWISE = "otherwise";

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
    var kind =
        MerchantKind.find(filled.path("kind").asString(""))
            .filter(MerchantKind::hasOffers)
            .orElseThrow(
                () -> new IllegalArgumentException(path + ".kind: expected train, hotel or shop"));
    fillDefaults(filled, kind);
    if (filled.path(OTHERWISE) instanceof ObjectNode fallback) {
      if (fallback.hasNonNull(OTHERWISE)) {
        throw new IllegalArgumentException(
            path + "." + OTHERWISE + ": must not have a fallback of its own");
      }
      fillDefaults(fallback.put("kind", kind.code()), kind);
    }
    try {
      var wish = Json.read(filled, Wish.class);
      VALUES.forEach((field, values) -> requireKnown(filled, field, values, path));
      if (filled.path(OTHERWISE) instanceof ObjectNode fallback) {
        VALUES.forEach(
            (field, values) -> requireKnown(fallback, field, values, path + "." + OTHERWISE));
      }
      return wish;
    } catch (JacksonException wrong) {
      throw new IllegalArgumentException(
          path + field(wrong) + ": " + expected(filled, wrong), wrong);
    }
  }

  private static void fillDefaults(ObjectNode wish, MerchantKind kind) {
    switch (kind) {
      case TRAIN -> count(list(wish, "avoid"), "passengers");
      case HOTEL -> count(count(count(wish, "nights"), "guests"), "rooms");
      case SHOP -> count(list(wish, "features"), "quantity");
      case SERVICE -> throw new IllegalStateException("a wish for a service has no offers");
    }
  }

  /** The values that a model may use; the wish itself accepts any value. */
  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "seat_class", Set.of("second", "first", "business"),
          "position", Set.of("window", "middle", "aisle"),
          "train_type", Set.of("G", "D", "K"),
          "room_type", Set.of("double", "twin", "family", "suite"),
          "sort",
              Set.of(
                  "cheapest",
                  "earliest",
                  "latest",
                  "fastest",
                  "quietest",
                  "nearest",
                  "best",
                  "closest"));

  private static void requireKnown(ObjectNode wish, String field, Set<String> values, String path) {
    if (wish.hasNonNull(field) && !values.contains(wish.path(field).asString(""))) {
      throw new IllegalArgumentException(
          "%s.%s: expected one of %s, was %s"
              .formatted(path, field, values.stream().sorted().toList(), wish.path(field)));
    }
  }

  private static String field(JacksonException wrong) {
    var path = wrong.getPath();
    var name = path == null || path.isEmpty() ? null : path.getLast().getPropertyName();
    return name == null ? "" : "." + name;
  }

  /** Words the error so that a model can act on it, for the fields that models often get wrong. */
  private static String expected(ObjectNode wish, JacksonException wrong) {
    var name = field(wrong).replaceFirst("^\\.", "");
    var value = wish.path(name);
    var form =
        switch (name) {
          case "date", "latest_date", "check_in", "deliver_by" -> "a date such as 2026-11-30";
          case "depart_after", "depart_before", "arrive_after", "arrive_before" ->
              "a time such as 09:00";
          case "passengers", "nights", "guests", "rooms", "quantity", "min_stars" ->
              "a whole number";
          default -> "";
        };
    return form.isEmpty()
        ? wrong.getOriginalMessage()
        : "expected %s, was %s".formatted(form, value);
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
