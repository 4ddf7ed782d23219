package org.actsandbox.scenarios.engine;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What must be true at a moment: asks the participants and the journal, each in its own words. */
final class Endings {

  /** Compares what was wanted of one kind with what there is. */
  private interface Judge {
    List<Mismatch> judge(Stage stage, JsonNode wanted);
  }

  /** Every kind of expectation, by its key: a new one is a line here and one in the schema. */
  private static final Map<String, Judge> KINDS =
      Map.ofEntries(
          entry("orders", Endings::orders),
          entry("trades", (stage, wanted) -> listed(stage, "trades", wanted, Facts::trades)),
          entry(
              "delegations",
              (stage, wanted) -> listed(stage, "delegations", wanted, Facts::delegations)),
          entry("tasks", (stage, wanted) -> listed(stage, "tasks", wanted, Facts::tasks)),
          entry("watches", (stage, wanted) -> listed(stage, "watches", wanted, Facts::watches)),
          entry("disputes", (stage, wanted) -> listed(stage, "disputes", wanted, Facts::disputes)),
          entry("ledger", Endings::ledger),
          entry(
              "holds",
              (stage, wanted) -> perMerchant("holds", wanted, who -> Facts.holds(stage, who))),
          entry(
              "notifications",
              (stage, wanted) ->
                  perMerchant("notifications", wanted, who -> Facts.notifications(stage, who))),
          entry("stock", Endings::stock),
          entry(
              "faults", (stage, wanted) -> Matching.compare("faults", wanted, Facts.faults(stage))),
          entry(
              "attestations",
              (stage, wanted) ->
                  listed(stage, "attestations", wanted, EvidenceFacts::attestations)),
          entry(
              "chain",
              (stage, wanted) -> Matching.compare("chain", wanted, EvidenceFacts.chain(stage))),
          entry("leaks", Leaks::judge),
          entry("journal", Endings::journal),
          entry("knows", (stage, wanted) -> JournalJudge.knows(JournalLines.all(stage), wanted)));

  private Endings() {}

  static Set<String> kinds() {
    return KINDS.keySet();
  }

  static List<Mismatch> judge(Stage stage, ObjectNode expect) {
    List<Mismatch> found = new ArrayList<>();
    for (var part : expect.properties()) {
      var judge = KINDS.get(part.getKey());
      if (judge == null) {
        throw new IllegalStateException("the schema let through " + part.getKey());
      }
      found.addAll(judge.judge(stage, part.getValue()));
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

  private interface Source {
    JsonNode of(Stage stage);
  }

  /** Of what principals have: each thing as the one it is looked at for sees it. */
  private static List<Mismatch> listed(Stage stage, String what, JsonNode wanted, Source facts) {
    requireMerchants(stage, wanted);
    return Behalf.judge(stage, wanted, (_, part) -> listed(what, part, facts.of(stage)));
  }

  private static List<Mismatch> orders(Stage stage, JsonNode wanted) {
    requireMerchants(stage, wanted);
    return Behalf.judge(
        stage,
        wanted,
        (who, part) ->
            listed("orders", part, who == null ? Facts.orders(stage) : Facts.ownOrders(stage)));
  }

  private static List<Mismatch> ledger(Stage stage, JsonNode wanted) {
    return Behalf.judge(
        stage,
        wanted,
        (_, part) -> {
          var facts = Facts.ledger(stage);
          return part.isArray()
              ? part.valueStream()
                  .flatMap(each -> Matching.compare("ledger", each, facts).stream())
                  .toList()
              : Matching.compare("ledger", part, facts);
        });
  }

  /** A merchant that is not there would never be found, and its absence never missed. */
  private static void requireMerchants(Stage stage, JsonNode wanted) {
    for (var each : wanted) {
      if (each.path("merchant").isString()) {
        stage.key("merchant:" + each.path("merchant").stringValue());
      }
    }
  }

  private static List<Mismatch> journal(Stage stage, JsonNode wanted) {
    var entries = JournalLines.all(stage);
    var known = new TreeSet<>(stage.participants());
    entries.forEach(entry -> known.add(JournalLines.name(entry.path("actor"))));
    for (var part : wanted) {
      for (var each : part) {
        if (each.path("from").isString() && !known.contains(JournalLines.name(each.path("from")))) {
          throw new CannotPlay(
              "there is no participant %s; there are %s"
                  .formatted(each.path("from").stringValue(), String.join(", ", known)));
        }
      }
    }
    return JournalJudge.judge(entries, wanted);
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
