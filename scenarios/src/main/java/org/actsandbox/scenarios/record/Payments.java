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
final class Payments {

  private record Made(String trade, String order, String who) {}

  private final Draft draft;
  private final Cast cast;

  /** All of a principal's, oldest first. */
  private final Map<String, List<Made>> all = new HashMap<>();

  private final Set<Made> unnamed = new HashSet<>();

  Payments(Draft draft, Cast cast) {
    this.draft = draft;
    this.cast = cast;
  }

  void note(Exchange exchange, String who) {
    var trade = exchange.answer().path("trade_no").asString("");
    var order = exchange.request().path("merchant_order_no").asString("");
    var made = new Made(trade, order, who);
    var mine = all.computeIfAbsent(who, _ -> new ArrayList<>());
    if (exchange.isPayment() && !trade.isEmpty() && !mine.contains(made)) {
      mine.add(made);
      if (cast.isOwn(exchange) && !exchange.delegatedMode().isEmpty()) {
        unnamed.add(made);
      }
    }
  }

  /** Gives names to those that this text has in it. */
  void nameWhatIsIn(String text) {
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
    var before = draft.actFor(made.who());
    var capture = draft.stepNow("call", list).putObject("capture");
    draft.actFor(before);
    var trade = draft.freshName("trade");
    var order = draft.freshName("order");
    capture.put(trade, "/body/items/" + place + "/trade_no");
    capture.put(order, "/body/items/" + place + "/merchant_order_no");
    draft.name(made.trade(), trade);
    draft.name(made.order(), order);
  }
}
