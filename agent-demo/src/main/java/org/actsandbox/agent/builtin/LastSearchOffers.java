package org.actsandbox.agent.builtin;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.actsandbox.agent.language.ShownOffer;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the offers of the last search out of the tool results of a conversation. */
final class LastSearchOffers {

  private LastSearchOffers() {}

  static List<ShownOffer> in(List<ChatMessage> messages) {
    for (var message : messages.reversed()) {
      if (message instanceof ToolExecutionResultMessage result
          && "search_offers".equals(result.toolName())) {
        try {
          return offers(Json.parse(result.text()));
        } catch (JacksonException notAResult) {
          return List.of();
        }
      }
    }
    return List.of();
  }

  private static List<ShownOffer> offers(JsonNode result) {
    Set<String> recommended = new HashSet<>();
    result.path("recommended").forEach(id -> recommended.add(id.asString("")));
    var offers = new ArrayList<ShownOffer>();
    for (var search : result.path("searches")) {
      var merchantKind = kind(search.path("kind").asString(""));
      if (merchantKind == null) {
        continue;
      }
      int position = 1;
      for (var offer : search.path("offers")) {
        var id = offer.path("offer_id").asString("");
        offers.add(
            new ShownOffer(
                id,
                merchantKind,
                position++,
                merchant(offer),
                offer.path("title").asString(""),
                amount(offer.path("total").asString("")),
                offer.path("currency").asString("CNY"),
                departs(offer.path("departs").asString("")),
                recommended.contains(id)));
      }
    }
    return offers;
  }

  /** Returns the id and the name, because the principal may use either. */
  private static String merchant(JsonNode offer) {
    var id = offer.path("merchant").asString("");
    var name = offer.path("merchant_name").asString("");
    return name.isEmpty() ? id : id + "/" + name;
  }

  private static @Nullable MerchantKind kind(String code) {
    for (var merchantKind : MerchantKind.WITH_OFFERS) {
      if (merchantKind.code().equals(code.toLowerCase(Locale.ROOT))) {
        return merchantKind;
      }
    }
    return null;
  }

  private static String amount(String total) {
    return total.matches("\\d{1,12}(\\.\\d{1,2})?") ? total : "0.00";
  }

  private static @Nullable OffsetDateTime departs(String text) {
    try {
      return text.isEmpty() ? null : OffsetDateTime.parse(text);
    } catch (DateTimeParseException notATime) {
      return null;
    }
  }
}
