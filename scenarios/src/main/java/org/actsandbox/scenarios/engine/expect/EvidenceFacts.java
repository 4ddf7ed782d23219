package org.actsandbox.scenarios.engine.expect;

import java.util.Map;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the records and the chain of a world, with the results of their verification. */
final class EvidenceFacts {

  private EvidenceFacts() {}

  /**
   * Returns every record, oldest first, with the result of verifying it and its upstream records.
   * The operator verifies: the journal must not say that the principal asked.
   */
  static ArrayNode attestations(ScenarioContext scenarioContext) {
    var all = Json.mapper().createArrayNode();
    WorldFacts.pages(cursor -> scenarioContext.getAsPrincipal("/trust/records" + cursor))
        .forEach(stored -> all.add(withVerification(scenarioContext, stored)));
    return all;
  }

  private static ObjectNode withVerification(ScenarioContext scenarioContext, JsonNode stored) {
    var id = stored.path("record_id").asString();
    var verdict =
        scenarioContext
            .client()
            .post(
                scenarioContext.at("/trust/verifications"),
                scenarioContext.target().keys().operator(),
                Map.of("record_id", id, "upstream", true));
    var own = verdict.at("/records/0");
    var record = stored.path("record");
    var fact = ((ObjectNode) record).deepCopy();
    fact.set("event", record.path("event_type"));
    fact.put("holder", JournalLines.name(stored.path("holder")));
    fact.set("height", stored.path("height"));
    for (var field : new String[] {"result", "reason", "step", "signer"}) {
      fact.set(field, own.path(field));
    }
    fact.set("verified", verdict.path("verified"));
    fact.put("causes", verdict.path("records").size() - 1);
    fact.put("text", Json.write(record));
    return fact;
  }

  /** Returns the length of the chain, its events in order, and the findings of its audit. */
  static ObjectNode chain(ScenarioContext scenarioContext) {
    var key = scenarioContext.target().keys().operator();
    var audit = scenarioContext.client().get(scenarioContext.at("/trust/audit"), key);
    var facts = Json.object();
    facts.put("height", height(scenarioContext));
    facts.set("intact", audit.path("intact"));
    facts.set("findings", audit.path("findings"));
    var events = facts.putArray("events");
    WorldFacts.pages(
            cursor ->
                scenarioContext.client().get(scenarioContext.at("/trust/anchors" + cursor), key))
        .forEach(link -> events.add(link.at("/content/event_type")));
    return facts;
  }

  private static int height(ScenarioContext scenarioContext) {
    try {
      return scenarioContext
          .client()
          .get(scenarioContext.at("/trust/head"), null)
          .path("tree_size")
          .asInt();
    } catch (UnexpectedReply none) {
      if (none.status() != 404) {
        throw none;
      }
      return 0;
    }
  }
}
