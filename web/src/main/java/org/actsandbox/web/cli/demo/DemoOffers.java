package org.actsandbox.web.cli.demo;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.web.cli.server.Terminal;
import tools.jackson.databind.JsonNode;

/** Prints offers as a table and reads the principal's choice. */
final class DemoOffers {

  private static final int TITLE_COLUMNS = 44;
  private static final int MERCHANT_COLUMNS = 14;

  private DemoOffers() {}

  static void table(Terminal terminal, List<JsonNode> offers) {
    int number = 1;
    for (var offer : offers) {
      terminal.print(
          "%2d %s %s %s %10s %s  %s"
              .formatted(
                  number++,
                  offer.path("recommended").asBoolean(false) ? "★" : " ",
                  padded(merchant(offer), MERCHANT_COLUMNS),
                  padded(offer.path("title").asString(), TITLE_COLUMNS),
                  offer.path("total").asString(),
                  offer.path("currency").asString(),
                  offer.path("why").asString("")));
    }
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

  /**
   * Cuts or pads a text to a number of columns; Chinese characters take two columns of a terminal.
   */
  private static String padded(String text, int width) {
    var line = new StringBuilder();
    int columns = 0;
    for (int c : text.codePoints().toArray()) {
      int wide = Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN ? 2 : 1;
      if (columns + wide > width) {
        break;
      }
      line.appendCodePoint(c);
      columns += wide;
    }
    return line.append(" ".repeat(width - columns)).toString();
  }
}
