package org.actsandbox.scenarios.engine.expect;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.PrincipalNameCheck;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the journal and the state of a world after a session and writes the state as the
 * expectations of a file.
 */
public final class WorldStateReader {

  private static final String[] DELEGATION_FIELDS = {
    "agent", "mode", "state", "total", "spent", "payments"
  };
  private static final String[] TASK_FIELDS = {"state", "code", "bill"};

  private final ScenarioContext scenarioContext;

  public WorldStateReader(TargetWorld targetWorld, OutboundClient outboundClient) {
    this.scenarioContext = new ScenarioContext(targetWorld, outboundClient);
  }

  /**
   * Returns every journal entry, oldest first.
   *
   * @throws Refusal {@code limit_exceeded} if there are more entries than {@link JournalLines}
   *     reads
   */
  public List<JsonNode> journal() {
    try {
      return JournalLines.all(scenarioContext);
    } catch (UnplayableStep tooLong) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, String.valueOf(tooLong.getMessage()))
          .remedy("Reset the world, or make another one, and do again what matters.");
    }
  }

  /** Gets what a principal may see at this address of the world. */
  public JsonNode principal(String who, String path) {
    return scenarioContext.asPrincipal(who, () -> scenarioContext.getAsPrincipal(path));
  }

  /**
   * Returns orders, payments and the ledger as the {@code expect} of a file.
   *
   * @param evidence whether to add the verification of every record, and the disputes
   * @param authority whether to add the delegations, and the tasks and watches under them
   * @param excluded ids of delegations to leave out, because no step of the file makes them
   */
  public ObjectNode expectations(boolean evidence, boolean authority, Set<String> excluded) {
    var expect = Json.object();
    expect.set(
        "orders", grouped(WorldFacts.listedOrders(scenarioContext), "merchant", "status", "total"));
    expect.set(
        "trades",
        ofEachPrincipal(
            () ->
                grouped(
                    WorldFacts.trades(scenarioContext), "merchant", "state", "status", "amount")));
    expect.set("ledger", ofEachPrincipal(this::ledgerFacts));
    if (authority) {
      expect.set(
          "delegations",
          ofEachPrincipal(
              () ->
                  grouped(
                      without(WorldFacts.delegations(scenarioContext), excluded),
                      DELEGATION_FIELDS)));
      setIfAny(
          expect,
          "tasks",
          ofEachPrincipal(
              () -> grouped(withBillSums(WorldFacts.tasks(scenarioContext)), TASK_FIELDS)));
      setIfAny(
          expect,
          "watches",
          ofEachPrincipal(() -> grouped(WorldFacts.watches(scenarioContext), TASK_FIELDS)));
    }
    if (evidence) {
      expect.set(
          "attestations",
          ofEachPrincipal(
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
          ofEachPrincipal(
              () ->
                  grouped(
                      WorldFacts.disputes(scenarioContext), "kind", "state", "outcome", "refund")));
    }
    return expect;
  }

  private static ArrayNode without(ArrayNode delegations, Set<String> excluded) {
    delegations.removeIf(each -> excluded.contains(each.path("delegation_id").asString("")));
    return delegations;
  }

  /** Adds the facts if there are any: most delegations have no task and no watch. */
  private static void setIfAny(ObjectNode expect, String kind, JsonNode facts) {
    var list = facts.isArray() ? facts.valueStream() : Stream.of(facts);
    if (list.anyMatch(fact -> fact.path("count").asInt() > 0)) {
      expect.set(kind, facts);
    }
  }

  /** Keeps only the sums of each task's bill, because its items contain ids. */
  private static ArrayNode withBillSums(ArrayNode tasks) {
    for (var task : tasks) {
      if (task.path("bill") instanceof ObjectNode bill) {
        bill.retain("total", "given_back");
      }
    }
    return tasks;
  }

  private JsonNode ledgerFacts() {
    var ledger = WorldFacts.ledger(scenarioContext);
    var ledgerFacts = Json.object();
    for (var field : List.of("balanced", "wallet", "card", "pin_attempts_left")) {
      if (ledger.has(field)) {
        ledgerFacts.set(field, ledger.path(field));
      }
    }
    return ledgerFacts;
  }

  /**
   * Returns the facts as the only principal sees them; with several principals, as each sees them,
   * with the principal's name.
   */
  private JsonNode ofEachPrincipal(Supplier<JsonNode> facts) {
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

  /**
   * Returns each different combination of the fields with its count; {@code {count: 0}} if there
   * are no facts.
   */
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
