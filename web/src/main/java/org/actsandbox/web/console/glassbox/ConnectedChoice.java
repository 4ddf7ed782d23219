package org.actsandbox.web.console.glassbox;

import tools.jackson.databind.JsonNode;

/**
 * Shows one thing that a connected agent offers, in the agent's own words.
 *
 * @param price amount and currency as the agent wrote them; empty if it named none
 */
record ConnectedChoice(
    String offerId, String title, String merchant, String price, boolean recommended) {

  static ConnectedChoice of(JsonNode choice, JsonNode recommended) {
    var id = choice.path("offer_id").asString("");
    return new ConnectedChoice(
        id,
        choice.path("title").asString(""),
        choice.path("merchant").asString(""),
        (choice.path("total").asString("") + " " + choice.path("currency").asString("")).strip(),
        recommended.valueStream().anyMatch(each -> each.asString("").equals(id)));
  }
}
