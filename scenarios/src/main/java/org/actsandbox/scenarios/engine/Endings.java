package org.actsandbox.scenarios.engine;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What must be true at a moment: asks the participants and the journal, each in its own words. */
final class Endings {

  private Endings() {}

  static List<Mismatch> judge(Stage stage, ObjectNode expect) {
    List<Mismatch> found = new ArrayList<>();
    for (var part : expect.properties()) {
      var wanted = part.getValue();
      found.addAll(
          switch (part.getKey()) {
            case "orders" -> listed("orders", wanted, Facts.orders(stage));
            case "trades" -> listed("trades", wanted, Facts.trades(stage));
            case "ledger" -> Matching.compare("ledger", wanted, Facts.ledger(stage));
            case "holds" -> perMerchant("holds", wanted, who -> Facts.holds(stage, who));
            case "notifications" ->
                perMerchant("notifications", wanted, who -> Facts.notifications(stage, who));
            case "stock" -> stock(stage, wanted);
            case "faults" -> Matching.compare("faults", wanted, Facts.faults(stage));
            case "journal" -> JournalJudge.judge(JournalLines.all(stage), wanted);
            case "knows" -> JournalJudge.knows(JournalLines.all(stage), wanted);
            default -> throw new IllegalStateException("the schema let through " + part.getKey());
          });
    }
    return found;
  }

  private interface ByMerchant {
    JsonNode of(String merchant);
  }

  private static List<Mismatch> perMerchant(String what, JsonNode wanted, ByMerchant facts) {
    List<Mismatch> found = new ArrayList<>();
    wanted
        .properties()
        .forEach(
            field ->
                found.addAll(
                    listed(
                        what + "." + field.getKey(), field.getValue(), facts.of(field.getKey()))));
    return found;
  }

  /** A list of {fields, count}, each at least once unless it counts; anything else is a matcher. */
  private static List<Mismatch> listed(String what, JsonNode wanted, JsonNode facts) {
    if (!wanted.isArray()) {
      return Matching.compare(what, wanted, facts);
    }
    List<Mismatch> found = new ArrayList<>();
    for (var each : wanted) {
      found.addAll(counted(what, each, facts.valueStream().toList(), Matching::matches));
    }
    return found;
  }

  interface Fits {
    boolean test(JsonNode wanted, JsonNode observed);
  }

  static List<Mismatch> counted(String what, JsonNode wanted, List<JsonNode> facts, Fits fits) {
    var fields = wanted instanceof ObjectNode object ? object.deepCopy() : Json.object();
    var count = fields.remove("count");
    int hits = (int) facts.stream().filter(fact -> fits.test(fields, fact)).count();
    var times = count == null ? Json.object().put("at_least", 1) : count;
    return Matching.matches(times, Json.tree(hits))
        ? List.of()
        : List.of(
            new Mismatch(
                what,
                "%s x %s".formatted(Matching.shown(times), Matching.shown(fields)),
                "%d of %s".formatted(hits, Matching.shown(Facts.brief(Json.tree(facts))))));
  }

  private static List<Mismatch> stock(Stage stage, JsonNode wanted) {
    List<Mismatch> found = new ArrayList<>();
    for (var each : wanted) {
      var fields = ((ObjectNode) each).deepCopy();
      for (var question : new String[] {"merchant", "need", "of", "offer"}) {
        fields.remove(question);
      }
      found.addAll(
          Matching.compare(
              "stock." + each.path("merchant").asString(), fields, Facts.stock(stage, each)));
    }
    return found;
  }
}
