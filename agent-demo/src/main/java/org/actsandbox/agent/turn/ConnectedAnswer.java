package org.actsandbox.agent.turn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.conversation.UnreadableAnswerException;
import tools.jackson.databind.JsonNode;

/**
 * Represents what an agent of others answered. Everything in it is data to be shown: lengths are
 * limited, and characters that hide or turn text are left out.
 */
sealed interface ConnectedAnswer {

  /** Ours: longer than any answer that a person reads in a conversation. */
  int MAX_TEXT = 4_000;

  int MAX_CHOICES = 20;

  int MAX_ID = 128;

  int MAX_TITLE = 200;

  record Said(String text) implements ConnectedAnswer {}

  /**
   * @param missing names of what the agent lacks
   */
  record Asked(String question, List<String> missing) implements ConnectedAnswer {}

  /**
   * @param recommended ids among the choices
   */
  record Offered(String text, List<Choice> choices, List<String> recommended)
      implements ConnectedAnswer {}

  /**
   * Represents one thing that the principal can choose.
   *
   * @param total an amount as the agent wrote it; the sandbox has not compared it with an offer
   */
  record Choice(String offerId, String title, String merchant, String total, String currency) {}

  /**
   * Reads an answer; what has neither a question nor choices is a text.
   *
   * @throws UnreadableAnswerException if the choices are not such that one can be chosen
   */
  static ConnectedAnswer of(JsonNode answer) {
    if (!answer.path("offers").isEmpty()) {
      return offered(answer);
    }
    if (answer.path("question").isString()) {
      var missing =
          answer.path("missing").valueStream().limit(MAX_CHOICES).map(each -> text(each, 40));
      return new Asked(text(answer.path("question"), MAX_TEXT), missing.toList());
    }
    return new Said(text(answer.path("text"), MAX_TEXT));
  }

  private static Offered offered(JsonNode answer) {
    var offers = answer.path("offers");
    if (!offers.isArray() || offers.size() > MAX_CHOICES) {
      throw new UnreadableAnswerException(
          "offers must be a list of at most " + MAX_CHOICES + " offers", null);
    }
    var choices = new ArrayList<Choice>();
    var ids = new HashSet<String>();
    for (var offer : offers) {
      var id = offer.path("offer_id").asString("");
      if (id.isBlank() || id.length() > MAX_ID || !ids.add(id)) {
        throw new UnreadableAnswerException(
            "offers[%d].offer_id must be a text of at most %d characters, and each another one"
                .formatted(choices.size(), MAX_ID),
            null);
      }
      choices.add(choice(id, offer));
    }
    return new Offered(
        text(answer.path("text"), MAX_TEXT),
        List.copyOf(choices),
        answer
            .path("recommended")
            .valueStream()
            .map(each -> each.asString(""))
            .filter(ids::contains)
            .distinct()
            .toList());
  }

  private static Choice choice(String id, JsonNode offer) {
    var merchant = text(offer.path("merchant"), MAX_TITLE);
    var title = text(offer.path("title"), MAX_TITLE);
    return new Choice(
        id,
        title.isEmpty() ? UntrustedText.sanitize(id, MAX_ID) : title,
        merchant,
        text(offer.path("total"), 24),
        text(offer.path("currency"), 3));
  }

  private static String text(JsonNode value, int max) {
    return UntrustedText.sanitize(value.asString(""), max);
  }
}
