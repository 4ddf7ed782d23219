package org.actsandbox.scenarios.engine.expect;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.client.TargetWorld;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.PrincipalNameCheck;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A world after something happened in it: its journal, and its state as expectations say it. */
public final class WorldStateReader {

  private static final String[] GRANT = {"agent", "mode", "state", "total", "spent", "payments"};
  private static final String[] DOING = {"state", "code", "bill"};

  private final ScenarioContext scenarioContext;

  public WorldStateReader(TargetWorld targetWorld, OutboundClient outboundClient) {
    this.scenarioContext = new ScenarioContext(targetWorld, outboundClient);
  }

  /**
   * Every entry, oldest first.
   *
   * @throws Refusal {@code limit_exceeded} for more than anybody reads as one story
   */
  public List<JsonNode> journal() {
    try {
      return JournalLines.all(scenarioContext);
    } catch (UnplayableStep tooLong) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, String.valueOf(tooLong.getMessage()))
          .remedy("Reset the world, or make another one, and do again what matters.");
    }
  }

  /** What a principal may see at this address of the world. */
  public JsonNode principal(String who, String path) {
    return scenarioContext.asPrincipal(who, () -> scenarioContext.getAsPrincipal(path));
  }

  /**
   * Orders, payments and the books, as the {@code expect} of a file.
   *
   * @param evidence also what verifying every record comes to, and what was disputed
   * @param authority also what became of what was delegated, and of what was done under it
   * @param untold delegations that are not part of the story
   */
  public ObjectNode expectations(boolean evidence, boolean authority, Set<String> untold) {
    var expect = Json.object();
    expect.set(
        "orders", grouped(WorldFacts.orders(scenarioContext), "merchant", "status", "total"));
    expect.set(
        "trades",
        ofEach(
            () ->
                grouped(
                    WorldFacts.trades(scenarioContext), "merchant", "state", "status", "amount")));
    expect.set("ledger", ofEach(this::books));
    if (authority) {
      expect.set(
          "delegations",
          ofEach(() -> grouped(told(WorldFacts.delegations(scenarioContext), untold), GRANT)));
      setIfAny(
          expect, "tasks", ofEach(() -> grouped(billed(WorldFacts.tasks(scenarioContext)), DOING)));
      setIfAny(
          expect, "watches", ofEach(() -> grouped(WorldFacts.watches(scenarioContext), DOING)));
    }
    if (evidence) {
      expect.set(
          "attestations",
          ofEach(
              () ->
                  grouped(
                      EvidenceFacts.attestations(scenarioContext),
                      "event",
                      "result",
                      "reason",
                      "verified")));
      var chain = EvidenceFacts.chain(scenarioContext);
      expect.putObject("chain").set("intact", chain.path("intact"));
      expect.set(
          "disputes",
          ofEach(
              () ->
                  grouped(
                      WorldFacts.disputes(scenarioContext), "kind", "state", "outcome", "refund")));
    }
    return expect;
  }

  private static ArrayNode told(ArrayNode delegations, Set<String> untold) {
    delegations.removeIf(each -> untold.contains(each.path("delegation_id").asString("")));
    return delegations;
  }

  /** Most authority is no agent's at work in this world. */
  private static void setIfAny(ObjectNode expect, String kind, JsonNode facts) {
    var list = facts.isArray() ? facts.valueStream() : Stream.of(facts);
    if (list.anyMatch(fact -> fact.path("count").asInt() > 0)) {
      expect.set(kind, facts);
    }
  }

  /** Of a task's bill what it comes to: its items have ids in them. */
  private static ArrayNode billed(ArrayNode tasks) {
    for (var task : tasks) {
      if (task.path("bill") instanceof ObjectNode bill) {
        bill.retain("total", "given_back");
      }
    }
    return tasks;
  }

  private JsonNode books() {
    var ledger = WorldFacts.ledger(scenarioContext);
    var books = Json.object();
    for (var field : List.of("balanced", "wallet", "card", "pin_attempts_left")) {
      if (ledger.has(field)) {
        books.set(field, ledger.path(field));
      }
    }
    return books;
  }

  /** As the only principal sees it, or as each of several does, who are named then. */
  private JsonNode ofEach(Supplier<JsonNode> facts) {
    var others = scenarioContext.target().keys().others();
    if (others.isEmpty()) {
      return facts.get();
    }
    var all = Json.mapper().createArrayNode();
    Stream.concat(Stream.of(PrincipalNameCheck.FIRST), others.stream())
        .forEach(who -> addNamed(all, who, scenarioContext.asPrincipal(who, facts)));
    return all;
  }

  private static void addNamed(ArrayNode all, String who, JsonNode facts) {
    var list = facts.isArray() ? facts.valueStream() : Stream.of(facts);
    list.forEach(
        fact -> all.addObject().put(PrincipalNameCheck.KEY, who).setAll((ObjectNode) fact));
  }

  /** Each different one with its number; {@code {count: 0}} when there is none at all. */
  private static JsonNode grouped(ArrayNode facts, String... fields) {
    var counts = new TreeMap<String, ObjectNode>();
    for (var fact : facts) {
      var line = Json.object();
      for (var field : fields) {
        if (!fact.path(field).isMissingNode() && !fact.path(field).isNull()) {
          line.set(field, fact.path(field));
        }
      }
      var group = counts.computeIfAbsent(line.toString(), _ -> line.put("count", 0));
      group.put("count", group.path("count").asInt() + 1);
    }
    return counts.isEmpty() ? Json.object().put("count", 0) : Json.tree(counts.values());
  }
}
