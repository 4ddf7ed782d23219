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
 * Gives names to payments that the demo agent made by itself, when a later step mentions them. No
 * step led to such a payment, so the file finds it in the principal's list of payments.
 */
final class DemoAgentPayments {

  private record DemoPayment(String trade, String order, String who) {}

  private final ScriptDraft scriptDraft;
  private final SessionParticipants sessionParticipants;

  /** All payments of each principal, oldest first. */
  private final Map<String, List<DemoPayment>> all = new HashMap<>();

  private final Set<DemoPayment> unnamed = new HashSet<>();

  DemoAgentPayments(ScriptDraft scriptDraft, SessionParticipants sessionParticipants) {
    this.scriptDraft = scriptDraft;
    this.sessionParticipants = sessionParticipants;
  }

  /** Remembers the payment of an exchange, if it is one. */
  void note(RecordedExchange recordedExchange, String who) {
    var trade = recordedExchange.answer().path("trade_no").asString("");
    var order = recordedExchange.request().path("merchant_order_no").asString("");
    var payment = new DemoPayment(trade, order, who);
    var mine = all.computeIfAbsent(who, _ -> new ArrayList<>());
    if (recordedExchange.isPayment() && !trade.isEmpty() && !mine.contains(payment)) {
      mine.add(payment);
      if (sessionParticipants.isOwn(recordedExchange)
          && !recordedExchange.delegatedMode().isEmpty()) {
        unnamed.add(payment);
      }
    }
  }

  /** Gives names to the payments that occur in this text. */
  void nameIdsIn(String text) {
    for (var payment : List.copyOf(unnamed)) {
      if (text.contains(payment.trade()) || text.contains(payment.order())) {
        unnamed.remove(payment);
        name(payment);
      }
    }
  }

  private void name(DemoPayment payment) {
    var mine = all.getOrDefault(payment.who(), List.of());
    int place = mine.size() - 1 - mine.indexOf(payment);
    var call = Json.object().put("method", "GET").put("path", "/psp/payments");
    JsonNode list = call.put("key", "principal");
    var before = scriptDraft.actFor(payment.who());
    var capture = scriptDraft.stepNow("call", list).putObject("capture");
    scriptDraft.actFor(before);
    var trade = scriptDraft.freshName("trade");
    var order = scriptDraft.freshName("order");
    capture.put(trade, "/body/items/" + place + "/trade_no");
    capture.put(order, "/body/items/" + place + "/merchant_order_no");
    scriptDraft.name(payment.trade(), trade);
    scriptDraft.name(payment.order(), order);
  }
}
