package org.actsandbox.scenarios.engine.expect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the journal of a world and writes its entries as lines. */
public final class JournalLines {

  private static final int SHOWN = 12;

  /** The number of entries read to find {@link #SHOWN} that are not the scenario's own queries. */
  private static final int READ = 80;

  /** The page size: large enough for few requests, and within the limit of a client's answer. */
  private static final int PAGE = 10;

  private static final int MAX_ENTRIES = 20_000;

  /** The roles with which expectations query the world. */
  private static final Set<String> OWN_ROLES = Set.of("operator", "principal");

  private JournalLines() {}

  /**
   * Returns every entry, oldest first.
   *
   * @throws UnplayableStep if there are more than {@value #MAX_ENTRIES}
   */
  public static List<JsonNode> all(ScenarioContext scenarioContext) {
    List<JsonNode> entries = new ArrayList<>();
    long after = 0;
    while (entries.size() < MAX_ENTRIES) {
      var page = scenarioContext.getAsOperator("/journal?limit=%d&after=%d".formatted(PAGE, after));
      if (page.path("items").isEmpty()) {
        return entries;
      }
      page.path("items").forEach(entries::add);
      after = page.path("next_after").asLong();
    }
    throw new UnplayableStep("the journal has more than " + MAX_ENTRIES + " entries");
  }

  /** Returns the last entries as lines; if the journal cannot be read, one line that says so. */
  public static List<String> last(ScenarioContext scenarioContext) {
    try {
      long last = scenarioContext.getAsOperator("/journal?limit=1").path("last").asLong();
      var lines = new ArrayList<String>();
      for (long after = Math.max(0, last - READ); after < last; after += PAGE) {
        scenarioContext
            .getAsOperator("/journal?limit=%d&after=%d".formatted(PAGE, after))
            .path("items")
            .valueStream()
            .filter(entry -> !isOwnQuery(entry))
            .map(JournalLines::line)
            .forEach(lines::add);
      }
      return lines.subList(Math.max(0, lines.size() - SHOWN), lines.size());
    } catch (UnexpectedReply | NoAnswerException | JacksonException silent) {
      return List.of("the journal cannot be read: " + silent.getMessage());
    }
  }

  /**
   * Tells whether an entry is a query of the scenario itself, or a clock order that did not move
   * the clock.
   */
  private static boolean isOwnQuery(JsonNode entry) {
    var data = entry.path("data");
    return switch (entry.path("kind").asString()) {
      case "EXCHANGE" ->
          data.path("method").asString().equals("GET")
              && data.path("status").asInt() == 200
              && (OWN_ROLES.contains(data.path("role").asString(""))
                  || entry.path("actor").equals(entry.path("peer")));
      case "CLOCK" -> data.path("from").equals(data.path("to"));
      default -> false;
    };
  }

  /**
   * Returns the entry without {@code recorded_at} and {@code duration_micros}, the only fields with
   * real time.
   */
  public static String comparable(JsonNode entry) {
    var copy = ((ObjectNode) entry).deepCopy();
    copy.remove("recorded_at");
    if (copy.path("data") instanceof ObjectNode data) {
      data.remove("duration_micros");
    }
    return copy.toString();
  }

  static String line(JsonNode entry) {
    var data = entry.path("data");
    var who = name(entry.path("actor"));
    var what =
        entry.path("kind").asString().equals("EXCHANGE")
            ? "%s -> %s %s %s -> %d%s"
                .formatted(
                    who,
                    name(entry.path("peer")),
                    data.path("method").asString(),
                    data.path("path").asString(),
                    data.path("status").asInt(),
                    code(data))
            : "%s %s %s".formatted(who, entry.path("event").asString(), brief(data));
    return "%4d %s %-8s %s"
        .formatted(
            entry.path("seq").asLong(),
            entry.path("at").asString(),
            entry.path("kind").asString(),
            what);
  }

  static String name(JsonNode did) {
    var text = did.asString("");
    return text.startsWith("did:act:") ? text.substring("did:act:".length()) : text;
  }

  private static String code(JsonNode exchange) {
    var body = exchange.at("/response_body/json");
    var code = body.at("/error/details/code").asString(body.path("code").asString(""));
    return code.isEmpty() ? "" : " " + code;
  }

  private static String brief(JsonNode data) {
    var text = data.toString();
    return text.length() <= 140 ? text : text.substring(0, 140) + "…";
  }
}
