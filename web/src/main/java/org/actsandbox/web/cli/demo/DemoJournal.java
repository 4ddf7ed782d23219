package org.actsandbox.web.cli.demo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.operation.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Reads the entries about one intent from the journal of the demo's world. */
final class DemoJournal {

  private static final Set<String> PAYMENTS =
      Set.of(Operation.DELEGATED.event(), Operation.AUTONOMOUS.event());

  private static final int CLIENT_ERROR = 400;

  private final TargetWorld targetWorld;
  private final SandboxClient client;
  private final List<JsonNode> exchanges;

  DemoJournal(TargetWorld targetWorld, SandboxClient client, String intentId) {
    this.targetWorld = targetWorld;
    this.client = client;
    this.exchanges =
        intentId.isEmpty() ? List.of() : entries("kind=EXCHANGE&intent_id=" + intentId);
  }

  /** Returns the number of messages between participants. */
  long messages() {
    return exchanges.size();
  }

  /** Returns the platforms that were asked for offers. */
  Set<String> platforms() {
    var platforms = new LinkedHashSet<String>();
    for (var exchange : exchanges) {
      if (exchange.path("event").asString().equals("intent-transfer")) {
        platforms.add(name(exchange.path("peer").asString("")));
      }
    }
    return platforms;
  }

  /**
   * Returns the payments under a delegation that the agent's own check stopped or the payment
   * service refused.
   */
  ArrayNode refused(String delegationId) {
    var refused = Json.mapper().createArrayNode();
    for (var entry : entries("delegation_id=" + delegationId)) {
      var data = entry.path("data");
      var event = entry.path("event").asString();
      if (JournalEvent.SELF_CHECK_FAILED.is(event)) {
        refused.add(refusal(data, data.path("merchant"), data.path("code")));
      } else if (PAYMENTS.contains(event) && data.path("status").asInt() >= CLIENT_ERROR) {
        var request = data.path("request_body").path("json");
        var error = data.path("response_body").path("json").path("error");
        refused.add(refusal(request, request.path("payee"), error.path("details").path("code")));
      }
    }
    return refused;
  }

  private static JsonNode refusal(JsonNode money, JsonNode merchant, JsonNode code) {
    return Json.object()
        .put("merchant", name(merchant.asString("")))
        .put("amount", money.path("amount").asString(""))
        .put("currency", money.path("currency").asString(""))
        .put("error_id", code.asString(""));
  }

  static String name(String did) {
    return did.substring(did.lastIndexOf(':') + 1);
  }

  private List<JsonNode> entries(String query) {
    var found = new ArrayList<JsonNode>();
    long after = 0;
    while (true) {
      var page =
          client.get(
              // Ten searches with all their offers still fit into the limit of a client's answer.
              targetWorld.api("/journal?limit=10&after=%d&%s".formatted(after, query)),
              targetWorld.keys().operator());
      if (page.path("items").isEmpty()) {
        return found;
      }
      page.path("items").forEach(found::add);
      after = page.path("next_after").asLong();
    }
  }
}
