package org.actsandbox.web.cli.demo;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.web.cli.server.Terminal;
import tools.jackson.databind.JsonNode;

/** Prints offers as a table and reads the principal's choice. */
final class DemoOffers {

  /** Enough for a train with its two times in English. */
  private static final int MAX_TITLE_COLUMNS = 64;

  private static final int MERCHANT_COLUMNS = 14;

  private DemoOffers() {}

  static void table(Terminal terminal, List<JsonNode> offers) {
    int number = 1;
    int titleColumns =
        Math.min(
            MAX_TITLE_COLUMNS,
            offers.stream().mapToInt(offer -> columns(title(offer))).max().orElse(0));
    for (var offer : offers) {
      terminal.print(
          "%2d %s %s %s %11s  %s"
              .formatted(
                  number++,
                  offer.path("recommended").asBoolean(false) ? "★" : " ",
                  padded(merchant(offer), MERCHANT_COLUMNS),
                  padded(title(offer), titleColumns),
                  DemoAmount.of(offer.path("total").asString(), offer.path("currency").asString()),
                  offer.path("why").asString("")));
    }
  }

  private static String title(JsonNode offer) {
    return offer.path("title").asString("");
  }

  private static String merchant(JsonNode offer) {
    var name = offer.path("merchant_name");
    return (name.isString() ? name : offer.path("merchant")).asString("");
  }

  /** Returns the ids of the chosen offers; empty if the principal wants none of them. */
  static List<String> choose(Terminal terminal, DemoTranscript transcript) {
    var offers = transcript.offers();
    while (true) {
      var answer = terminal.ask(terminal.text("choose", offers.size()));
      if (answer == null || answer.strip().equalsIgnoreCase("q")) {
        return List.of();
      }
      if (answer.isBlank()) {
        return transcript.recommended();
      }
      var chosen = parse(answer, offers);
      if (!chosen.isEmpty()) {
        return chosen;
      }
      terminal.say("choose.again", offers.size());
    }
  }

  private static List<String> parse(String answer, List<JsonNode> offers) {
    List<String> ids = new ArrayList<>();
    for (var part : answer.strip().split("[,，\\s]+", -1)) {
      if (!part.matches("[0-9]{1,3}")
          || Integer.parseInt(part) < 1
          || Integer.parseInt(part) > offers.size()) {
        return List.of();
      }
      ids.add(offers.get(Integer.parseInt(part) - 1).path("offer_id").asString());
    }
    return ids;
  }

  /** Pads a text to a number of columns; one that takes more is cut, and its end says so. */
  private static String padded(String text, int width) {
    int columns = columns(text);
    if (columns <= width) {
      return text + " ".repeat(width - columns);
    }
    var line = new StringBuilder();
    int taken = 0;
    for (int c : text.codePoints().toArray()) {
      if (taken + columns(c) > width - 1) {
        break;
      }
      line.appendCodePoint(c);
      taken += columns(c);
    }
    return line.append("…").append(" ".repeat(width - 1 - taken)).toString();
  }

  private static int columns(String text) {
    return text.codePoints().map(DemoOffers::columns).sum();
  }

  /** Chinese characters and full-width punctuation take two columns of a terminal. */
  private static int columns(int character) {
    var block = Character.UnicodeBlock.of(character);
    return Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN
            || Character.UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS.equals(block)
            || Character.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION.equals(block)
        ? 2
        : 1;
  }
}
