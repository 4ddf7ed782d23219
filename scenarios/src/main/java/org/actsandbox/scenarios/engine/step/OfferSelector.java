package org.actsandbox.scenarios.engine.step;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import tools.jackson.databind.JsonNode;

/** Selects the offer that a step of a file describes. */
public final class OfferSelector {

  private static final Comparator<JsonNode> BY_TOTAL =
      Comparator.comparing(offer -> new BigDecimal(offer.path("total").asString("0")));

  private OfferSelector() {}

  /** Returns the ids of one offer of the demo agent, or of all offers that it recommends. */
  public static List<String> offerIds(JsonNode pick, JsonNode facts) {
    if (pick.path("offer_ids").isArray()) {
      return pick.path("offer_ids").valueStream().map(JsonNode::asString).toList();
    }
    if (pick.path("offer_id").isString()) {
      return List.of(pick.path("offer_id").stringValue());
    }
    if (isRecommended(pick) && !pick.has("kind") && !pick.has("merchant")) {
      var recommended = facts.path("recommended").valueStream().map(JsonNode::asString).toList();
      if (recommended.isEmpty()) {
        throw new UnplayableStep("the demo agent recommends nothing");
      }
      return recommended;
    }
    return List.of(one(pick, facts.path("offers")).path("offer_id").asString());
  }

  /**
   * Returns the selected offer.
   *
   * @param pick the description, see {@code pick} in the schema
   * @param offers the offers of the demo agent or of a merchant
   * @throws UnplayableStep if no offer fits the description
   */
  static JsonNode one(JsonNode pick, JsonNode offers) {
    var candidates = offers.valueStream().filter(offer -> fits(pick, offer)).toList();
    if (candidates.isEmpty()) {
      throw new UnplayableStep(
          "none of the %d offers is %s"
              .formatted(offers.size(), ExpectationMatcher.describe(pick)));
    }
    int index = pick.isInt() ? pick.asInt() : pick.path("index").asInt(0);
    if (index > candidates.size()) {
      throw new UnplayableStep(
          "there are %d such offers, not %d".formatted(candidates.size(), index));
    }
    if (index > 0) {
      return candidates.get(index - 1);
    }
    return switch (word(pick)) {
      case "cheapest" -> candidates.stream().min(BY_TOTAL).orElseThrow();
      case "dearest" -> candidates.stream().max(BY_TOTAL).orElseThrow();
      case "recommended" ->
          candidates.stream()
              .filter(offer -> offer.path("recommended").asBoolean(false))
              .findFirst()
              .orElseThrow(() -> new UnplayableStep("none of these offers is recommended"));
      default -> candidates.getFirst();
    };
  }

  private static boolean isRecommended(JsonNode pick) {
    return word(pick).equals("recommended") || (pick.isObject() && pick.isEmpty());
  }

  private static boolean fits(JsonNode pick, JsonNode offer) {
    if (pick.isString()) {
      return isWord(pick.stringValue()) || isMerchant(pick.stringValue(), offer);
    }
    return (!pick.has("merchant") || isMerchant(pick.path("merchant").asString(), offer))
        && (!pick.has("kind") || pick.path("kind").equals(kind(offer)))
        && (!pick.has("offer_id") || pick.path("offer_id").equals(offer.path("offer_id")));
  }

  private static JsonNode kind(JsonNode offer) {
    return offer.has("kind") ? offer.path("kind") : offer.at("/offer/kind");
  }

  private static boolean isMerchant(String merchant, JsonNode offer) {
    return merchant.equals(offer.path("merchant").asString(offer.path("merchant_id").asString("")));
  }

  private static String word(JsonNode pick) {
    return pick.isString() ? pick.stringValue() : pick.path("pick").asString("");
  }

  private static boolean isWord(String text) {
    return List.of("recommended", "cheapest", "dearest", "first").contains(text);
  }
}
