package org.actsandbox.scenarios.engine.expect;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares the state that participants and the journal report with what a file expects. */
public final class StateExpectations {

  /** Compares the expectations of one kind with the facts. */
  private interface Judge {
    List<Mismatch> judge(ScenarioContext scenarioContext, JsonNode wanted);
  }

  /** Every kind of expectation by its key; a new kind needs a line here and one in the schema. */
  private static final Map<String, Judge> KINDS =
      Map.ofEntries(
          entry("orders", StateExpectations::orders),
          entry(
              "trades",
              (scenarioContext, wanted) ->
                  listed(scenarioContext, "trades", wanted, WorldFacts::trades)),
          entry(
              "delegations",
              (scenarioContext, wanted) ->
                  listed(scenarioContext, "delegations", wanted, WorldFacts::delegations)),
          entry(
              "tasks",
              (scenarioContext, wanted) ->
                  listed(scenarioContext, "tasks", wanted, WorldFacts::tasks)),
          entry(
              "watches",
              (scenarioContext, wanted) ->
                  listed(scenarioContext, "watches", wanted, WorldFacts::watches)),
          entry(
              "disputes",
              (scenarioContext, wanted) ->
                  listed(scenarioContext, "disputes", wanted, WorldFacts::disputes)),
          entry("ledger", StateExpectations::ledger),
          entry(
              "holds",
              (scenarioContext, wanted) ->
                  perMerchant("holds", wanted, who -> WorldFacts.holds(scenarioContext, who))),
          entry(
              "notifications",
              (scenarioContext, wanted) ->
                  perMerchant(
                      "notifications",
                      wanted,
                      who -> WorldFacts.notifications(scenarioContext, who))),
          entry("stock", StateExpectations::stock),
          entry(
              "faults",
              (scenarioContext, wanted) ->
                  ExpectationMatcher.compare("faults", wanted, WorldFacts.faults(scenarioContext))),
          entry(
              "attestations",
              (scenarioContext, wanted) ->
                  listed(scenarioContext, "attestations", wanted, EvidenceFacts::attestations)),
          entry(
              "chain",
              (scenarioContext, wanted) ->
                  ExpectationMatcher.compare(
                      "chain", wanted, EvidenceFacts.chain(scenarioContext))),
          entry("leaks", LeakExpectations::judge),
          entry("journal", StateExpectations::journal),
          entry(
              "knows",
              (scenarioContext, wanted) ->
                  JournalExpectations.checkKnowledge(JournalLines.all(scenarioContext), wanted)));

  private StateExpectations() {}

  /** Returns the keys of all kinds of expectations. */
  static Set<String> kinds() {
    return KINDS.keySet();
  }

  /** Returns all mismatches of the expectations, each under the key of its kind. */
  public static List<Mismatch> judge(ScenarioContext scenarioContext, ObjectNode expect) {
    List<Mismatch> found = new ArrayList<>();
    for (var part : expect.properties()) {
      var judge = KINDS.get(part.getKey());
      if (judge == null) {
        throw new IllegalStateException("the schema let through " + part.getKey());
      }
      found.addAll(judge.judge(scenarioContext, part.getValue()));
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

  /**
   * Compares facts with expectations: in a list, each element must fit at least one fact, or as
   * many as its {@code count} says; any other value is a matcher.
   */
  private static List<Mismatch> listed(String what, JsonNode wanted, JsonNode facts) {
    if (!wanted.isArray()) {
      return ExpectationMatcher.compare(what, wanted, facts);
    }
    List<Mismatch> found = new ArrayList<>();
    for (var each : wanted) {
      found.addAll(counted(what, each, facts.valueStream().toList(), ExpectationMatcher::matches));
    }
    return found;
  }

  private interface Source {
    JsonNode of(ScenarioContext scenarioContext);
  }

  /**
   * Compares things that principals have, read with the key of the principal that each expectation
   * names.
   */
  private static List<Mismatch> listed(
      ScenarioContext scenarioContext, String what, JsonNode wanted, Source facts) {
    requireMerchants(scenarioContext, wanted);
    return PrincipalExpectations.judge(
        scenarioContext, wanted, (_, part) -> listed(what, part, facts.of(scenarioContext)));
  }

  private static List<Mismatch> orders(ScenarioContext scenarioContext, JsonNode wanted) {
    requireMerchants(scenarioContext, wanted);
    return PrincipalExpectations.judge(
        scenarioContext,
        wanted,
        (who, part) ->
            listed(
                "orders",
                part,
                who == null
                    ? WorldFacts.orders(scenarioContext)
                    : WorldFacts.ownOrders(scenarioContext)));
  }

  private static List<Mismatch> ledger(ScenarioContext scenarioContext, JsonNode wanted) {
    return PrincipalExpectations.judge(
        scenarioContext,
        wanted,
        (_, part) -> {
          var facts = WorldFacts.ledger(scenarioContext);
          return part.isArray()
              ? part.valueStream()
                  .flatMap(each -> ExpectationMatcher.compare("ledger", each, facts).stream())
                  .toList()
              : ExpectationMatcher.compare("ledger", part, facts);
        });
  }

  /**
   * Refuses unknown merchants: an expectation that something of a misspelt merchant is absent would
   * always be met.
   */
  private static void requireMerchants(ScenarioContext scenarioContext, JsonNode wanted) {
    for (var each : wanted) {
      if (each.path("merchant").isString()) {
        scenarioContext.key("merchant:" + each.path("merchant").stringValue());
      }
    }
  }

  private static List<Mismatch> journal(ScenarioContext scenarioContext, JsonNode wanted) {
    var entries = JournalLines.all(scenarioContext);
    var known = new TreeSet<>(scenarioContext.participants());
    entries.forEach(entry -> known.add(JournalLines.name(entry.path("actor"))));
    for (var part : wanted) {
      for (var each : part) {
        if (each.path("from").isString() && !known.contains(JournalLines.name(each.path("from")))) {
          throw new UnplayableStep(
              "there is no participant %s; there are %s"
                  .formatted(each.path("from").stringValue(), String.join(", ", known)));
        }
      }
    }
    return JournalExpectations.judge(entries, wanted);
  }

  interface Fits {
    boolean test(JsonNode wanted, JsonNode observed);
  }

  static List<Mismatch> counted(String what, JsonNode wanted, List<JsonNode> facts, Fits fits) {
    var fields = wanted instanceof ObjectNode object ? object.deepCopy() : Json.object();
    var count = fields.remove("count");
    int hits = (int) facts.stream().filter(fact -> fits.test(fields, fact)).count();
    var times = count == null ? Json.object().put("at_least", 1) : count;
    return ExpectationMatcher.matches(times, Json.tree(hits))
        ? List.of()
        : List.of(
            new Mismatch(
                what,
                "%s x %s"
                    .formatted(
                        ExpectationMatcher.describe(times), ExpectationMatcher.describe(fields)),
                "%d of %s"
                    .formatted(
                        hits,
                        ExpectationMatcher.describe(
                            WorldFacts.identifyingFields(Json.tree(facts))))));
  }

  private static List<Mismatch> stock(ScenarioContext scenarioContext, JsonNode wanted) {
    List<Mismatch> found = new ArrayList<>();
    for (var each : wanted) {
      var fields = ((ObjectNode) each).deepCopy();
      for (var question : new String[] {"merchant", "need", "of", "offer"}) {
        fields.remove(question);
      }
      found.addAll(
          ExpectationMatcher.compare(
              "stock." + each.path("merchant").asString(),
              fields,
              WorldFacts.stock(scenarioContext, each)));
    }
    return found;
  }
}
