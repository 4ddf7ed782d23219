package org.actsandbox.sandbox.mcp.tool;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.mcp.tool.McpTool.Effect;

/** Finds offers and shows one of them. */
final class SearchTools {

  private static final int MAX_OFFERS = 20;

  private SearchTools() {}

  static List<McpTool> all() {
    return List.of(
        McpTool.of(
            "search_offers",
            "Search offers",
            "Ask all competing merchants for a train ticket, a hotel room or goods, or read what"
                + " seller agents and paid pages offer as services. Train needs from, to and date; hotel needs"
                + " city and check_in; shop needs terms. Prices are for everything asked for, that"
                + " of a service for one request. Nothing is reserved.",
            Effect.READS,
            WishArguments.schema()
                .oneOf("language", "of texts", "en", "zh")
                .integer("limit", "most offers to return", 1, MAX_OFFERS),
            ToolSchema.result()
                .text("intent_id", "under which the merchants were asked")
                .list("offers", "best first", OfferViews.schema())
                .object("left_out", "merchants that gave no usable answer, with the reason")
                .texts("reasons", "why nothing was found, if nothing was")
                .text("next", "what to do now")
                .require("intent_id", "offers", "next"),
            SearchTools::search),
        McpTool.of(
            "get_offer",
            "Look at an offer",
            "Show one offer that search_offers found, with the parts of its price and the"
                + " merchant's terms.",
            Effect.READS,
            ToolSchema.arguments()
                .text("offer_id", "of search_offers")
                .oneOf("language", "of texts", "en", "zh")
                .require("offer_id"),
            OfferViews.schema().bool("still_valid", "whether the price still holds"),
            SearchTools::offer));
  }

  private static ToolAnswer search(ToolCall call) {
    if (WishArguments.asksForService(call)) {
      return searchServices(call);
    }
    var lang = language(call);
    var found = call.buyer().search(lang, WishArguments.read(call, Set.of("language", "limit")));
    var result = found.searchResult();
    var content = Json.object().put("intent_id", found.intentId());
    var offers = content.putArray("offers");
    result.offers().stream()
        .limit(call.integer("limit", 10))
        .forEach(each -> offers.add(OfferViews.view(each, lang)));
    var leftOut = content.putObject("left_out");
    result
        .leftOut()
        .forEach(each -> leftOut.put(each.platform(), each.code() + ": " + each.reason().in(lang)));
    if (result.offers().isEmpty()) {
      var reasons = content.putArray("reasons");
      Objects.requireNonNull(result.reasons()).forEach(each -> reasons.add(each.in(lang)));
    }
    content.put(
        "next",
        result.offers().isEmpty()
            ? "Nothing fits. Change the wish with the principal and search again."
            : "Let the principal choose, then call confirm_cart with the offer_id.");
    return ToolAnswer.of(content);
  }

  private static ToolAnswer searchServices(ToolCall call) {
    var lang = language(call);
    var found =
        call.buyer()
            .searchServices(call.textOrNull(WishArguments.SERVICE), call.textOrNull("terms"));
    var content = Json.object().put("intent_id", found.intentId());
    var offers = content.putArray("offers");
    found.offers().stream()
        .limit(call.integer("limit", 10))
        .forEach(each -> offers.add(OfferViews.view(each, lang)));
    var leftOut = content.putObject("left_out");
    found.silent().forEach(leftOut::put);
    if (offers.isEmpty()) {
      content.putArray("reasons").add("No seller announces such a service.");
    }
    content.put(
        "next",
        offers.isEmpty()
            ? "Search with kind service alone to see all services."
            : "Call confirm_cart with the offer_id, and with the input that merchant_says shows.");
    return ToolAnswer.of(content);
  }

  private static ToolAnswer offer(ToolCall call) {
    var lang = language(call);
    var found = call.buyer().offer(call.text("offer_id"));
    var view = OfferViews.view(found, lang);
    OfferViews.withPrice(view, found.ranked().offer(), lang);
    return ToolAnswer.of(view.put("still_valid", call.buyer().isValid(found)));
  }

  static String language(ToolCall call) {
    var language = call.textOrNull("language");
    return language == null ? "en" : language;
  }
}
