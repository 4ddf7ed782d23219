package org.actsandbox.sandbox.mcp.tool;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.WishJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.FieldMistake;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.node.ObjectNode;

/** Reads what the principal wants out of the arguments of a tool. */
final class WishArguments {

  static final String SERVICE = "service";

  private WishArguments() {}

  /** Returns whether a service of a seller agent is wanted, which takes no wish. */
  static boolean asksForService(ToolCall call) {
    return call.text("kind").equals(SERVICE);
  }

  static ToolSchema schema() {
    var all =
        ToolSchema.arguments().oneOf("kind", "what is wanted", "train", "hotel", "shop", SERVICE);
    train(all);
    hotel(all);
    shop(all);
    return all.text("service", "service: the seller's id of it, such as quotes; all without it")
        .oneOf(
            "sort",
            "what counts most",
            "cheapest",
            "earliest",
            "latest",
            "fastest",
            "quietest",
            "nearest",
            "best",
            "closest")
        .require("kind");
  }

  private static void train(ToolSchema all) {
    all.text("from", "train: city or station, in English or Chinese")
        .text("to", "train: city or station")
        .date("date", "train: day of travel")
        .date("latest_date", "train: last day that would do")
        .time("depart_after", "train: earliest departure")
        .time("depart_before", "train: latest departure")
        .time("arrive_after", "train: earliest arrival")
        .time("arrive_before", "train: latest arrival")
        .oneOf("seat_class", "train", "second", "first", "business")
        .oneOf("position", "train: place of the seat", "window", "middle", "aisle")
        .integer("passengers", "train: how many", 1, 9)
        .oneOf("train_type", "train", "G", "D", "K")
        .text("train_no", "train: number such as G101");
  }

  private static void hotel(ToolSchema all) {
    all.text("city", "hotel: city")
        .text("near", "hotel: station, landmark or district")
        .date("check_in", "hotel: day of arrival")
        .integer("nights", "hotel", 1, 30)
        .integer("guests", "hotel", 1, 9)
        .integer("rooms", "hotel", 1, 9)
        .integer("min_stars", "hotel", 1, 5)
        .bool("breakfast", "hotel: with breakfast")
        .bool("free_cancellation", "hotel: can be cancelled free of charge")
        .oneOf("room_type", "hotel", "double", "twin", "family", "suite")
        .money("max_per_night", "hotel: highest price of a night");
  }

  private static void shop(ToolSchema all) {
    all.text("terms", "shop: the product in the principal's words, such as power bank")
        .text("category", "shop")
        .text("brand", "shop")
        .texts("features", "shop: such as wireless, black, 20000mAh, size m")
        .integer("quantity", "shop: how many", 1, 99)
        .money("max_price", "train and shop: highest price of one")
        .money("min_price", "shop: lowest price of one")
        .date("deliver_by", "shop: latest day of delivery")
        .texts("avoid", "train: positions and types not wanted; shop: features not wanted");
  }

  /**
   * Reads the wish.
   *
   * @param beside names of arguments that are no part of the wish
   * @throws Refusal {@code invalid_field}
   */
  static Wish read(ToolCall call, Set<String> beside) {
    var wish = call.arguments().deepCopy();
    beside.forEach(wish::remove);
    requireEssentials(wish);
    try {
      return WishJson.read(Json.mapper().createArrayNode().add(wish)).getFirst();
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(
              Problem.INVALID_FIELD,
              String.valueOf(wrong.getMessage()).replaceFirst("^wishes\\[0]\\.?", ""))
          .at("kind")
          .remedy("The input schema of the tool says what goes with which kind.");
    }
  }

  /** Refuses a wish that no merchant could answer, with all that is missing. */
  private static void requireEssentials(ObjectNode wish) {
    var needed =
        switch (wish.path("kind").asString("")) {
          case "train" -> List.of("from", "to", "date");
          case "hotel" -> List.of("city", "check_in");
          default -> List.of("terms");
        };
    var missing = new TreeSet<>(needed);
    missing.removeIf(wish::hasNonNull);
    if (!missing.isEmpty()) {
      throw Refusal.of(
          Problem.INVALID_FIELD,
          missing.stream()
              .map(
                  name ->
                      new FieldMistake(
                          name,
                          FieldMistake.Reason.MISSING,
                          name + " is missing",
                          "for " + wish.path("kind").asString("") + ": " + needed,
                          null,
                          "Ask the principal if you do not know it."))
              .toList());
    }
  }

  /**
   * Reads a day.
   *
   * @throws Refusal {@code invalid_field} for a day that the calendar does not have
   */
  static LocalDate day(ToolCall call, String name) {
    try {
      return LocalDate.parse(call.text(name));
    } catch (DateTimeException noDay) {
      throw new Refusal(Problem.INVALID_FIELD, "there is no such day")
          .at(name)
          .expected("a date such as 2026-11-30")
          .observed(call.text(name));
    }
  }
}
