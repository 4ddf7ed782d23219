package org.actsandbox.scenarios.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * What the demo agent paid by itself: no step led to it, so it is found in the principal's list of
 * payments when something is done with it.
 */
final class DemoAgentPayments {

  private record Made(String trade, String order, String who) {}

  private final ScriptDraft scriptDraft;
  private final SessionParticipants sessionParticipants;

  /** All of a principal's, oldest first. */
  private final Map<String, List<Made>> all = new HashMap<>();

  private final Set<Made> unnamed = new HashSet<>();

  DemoAgentPayments(ScriptDraft scriptDraft, SessionParticipants sessionParticipants) {
    this.scriptDraft = scriptDraft;
    this.sessionParticipants = sessionParticipants;
  }

  void note(RecordedExchange recordedExchange, String who) {
    var trade = recordedExchange.answer().path("trade_no").asString("");
    var order = recordedExchange.request().path("merchant_order_no").asString("");
    var made = new Made(trade, order, who);
    var mine = all.computeIfAbsent(who, _ -> new ArrayList<>());
    if (recordedExchange.isPayment() && !trade.isEmpty() && !mine.contains(made)) {
      mine.add(made);
      if (sessionParticipants.isOwn(recordedExchange)
          && !recordedExchange.delegatedMode().isEmpty()) {
        unnamed.add(made);
      }
    }
  }

  /** Gives names to those that this text has in it. */
  void nameIdsIn(String text) {
    for (var made : List.copyOf(unnamed)) {
      if (text.contains(made.trade()) || text.contains(made.order())) {
        unnamed.remove(made);
        name(made);
      }
    }
  }

  private void name(Made made) {
    var mine = all.getOrDefault(made.who(), List.of());
    int place = mine.size() - 1 - mine.indexOf(made);
    var call = Json.object().put("method", "GET").put("path", "/psp/payments");
    JsonNode list = call.put("key", "principal");
    var before = scriptDraft.actFor(made.who());
    var capture = scriptDraft.stepNow("call", list).putObject("capture");
    scriptDraft.actFor(before);
    var trade = scriptDraft.freshName("trade");
    var order = scriptDraft.freshName("order");
    capture.put(trade, "/body/items/" + place + "/trade_no");
    capture.put(order, "/body/items/" + place + "/merchant_order_no");
    scriptDraft.name(made.trade(), trade);
    scriptDraft.name(made.order(), order);
  }
}
