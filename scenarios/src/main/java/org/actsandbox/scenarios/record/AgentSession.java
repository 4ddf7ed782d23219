package org.actsandbox.scenarios.record;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What one principal said to the demo agent, chose and decided, as steps. */
final class AgentSession {

  private static final String CONVERSATION = "/agents/demo-agent/conversations/*";
  private static final String WRONG_PIN = "000000";

  /** As long as a fault may wait: longer than any agent does. */
  private static final int FOR_EVER_MILLIS = 60_000;

  private final Draft draft;
  private final Cast cast;
  private final Map<String, Iterator<String>> stops = new HashMap<>();
  private final Map<String, String> languages = new HashMap<>();
  private final Set<String> trades = new HashSet<>();

  /** What the agent pays by itself, under a delegation, while nobody talks with it. */
  private final Set<String> away = new HashSet<>();

  /** How the agent's ids get names, for those that are needed. */
  private final Map<String, Runnable> captures = new HashMap<>();

  private @Nullable String current;
  private @Nullable ObjectNode last;

  /** What was said last, and whose faults have happened since. */
  private @Nullable ObjectNode sentence;

  private final Set<String> troubled = new HashSet<>();
  private int paymentsOfTurn;
  private int ordersOfTurn;

  AgentSession(Draft draft, Cast cast, Map<String, List<String>> stops) {
    this.draft = draft;
    this.cast = cast;
    stops.forEach((id, list) -> this.stops.put(id, list.iterator()));
  }

  /** Whether it was part of this. */
  boolean read(Exchange exchange) {
    if (exchange.from().equals(cast.agent())) {
      if (exchange.saysItsSender()) {
        ownPurchase(exchange);
      }
      // Else somebody used its key: the console cancels an order like that.
      return exchange.saysItsSender();
    }
    if (!exchange.isByPrincipal()) {
      return false;
    }
    var approval = exchange.part("POST", "/psp/payments/*/approval").filter(this::isMine);
    if (approval.isPresent()) {
      decided(exchange, away.contains(approval.get()));
      return true;
    }
    return spoken(exchange);
  }

  /** The agent's payment ran out while nobody looked: the principal ignored it. */
  boolean timedOut(String trade, Instant at) {
    if (away.contains(trade)) {
      draft.passed(at);
      return true;
    }
    if (!trades.contains(trade)) {
      return false;
    }
    rested(draft.stepUntil(at.plusSeconds(1), "ignore", Json.object()), "");
    return true;
  }

  private boolean isMine(String trade) {
    return trades.contains(trade) || away.contains(trade);
  }

  /** A fault happened at this participant: it will again. */
  void troubled(String participant) {
    troubled.add(participant);
  }

  /**
   * The agent waited for a platform in vain. If no fault made it slow the machine did, and will not
   * again; so a fault is written down in its place.
   */
  void inVain(String platform) {
    var asked = sentence;
    if (asked == null || !troubled.add(platform)) {
      return;
    }
    var fault = Json.object().put("name", "delay").put("participant", platform).put("count", 1);
    fault.putObject("parameters").put("ms", FOR_EVER_MILLIS);
    draft.before(asked, "fault", fault);
  }

  private boolean spoken(Exchange exchange) {
    var opened = exchange.openedConversation();
    if (opened.isPresent()) {
      languages.put(opened.get(), exchange.request().path("lang").asString(""));
      return true;
    }
    var words = exchange.part("POST", CONVERSATION + "/messages");
    var choice = exchange.part("POST", CONVERSATION + "/choice");
    var cancel = exchange.part("POST", CONVERSATION + "/cancel");
    var id = words.or(() -> choice).or(() -> cancel);
    // What was refused, a second sentence while the agent thinks, led to nothing.
    if (id.isEmpty() || !exchange.isGood()) {
      return id.isPresent();
    }
    if (words.isPresent()) {
      said(exchange, id.get());
    } else if (!id.get().equals(current)) {
      draft.leaveOut("something done in a conversation that was left for another");
    } else if (choice.isPresent()) {
      chose(exchange);
    } else if (exchange.answer().path("cancelled").asBoolean(false)) {
      rested(draft.step(exchange.at(), "cancel", Json.object()), "");
    }
    return true;
  }

  private void said(Exchange exchange, String id) {
    var lang = exchange.request().path("lang").asString(languages.getOrDefault(id, ""));
    var text = exchange.request().path("text");
    JsonNode arguments = text;
    if (!lang.isEmpty() || (current != null && !id.equals(current))) {
      var more = Json.object();
      more.set("text", text);
      if (!lang.isEmpty()) {
        more.put("lang", lang);
      }
      if (current != null && !id.equals(current)) {
        more.put("new", true);
      }
      arguments = more;
    }
    current = id;
    paymentsOfTurn = 0;
    ordersOfTurn = 0;
    troubled.clear();
    sentence = draft.step(exchange.at(), "say", arguments);
    rested(sentence, "");
  }

  private void chose(Exchange exchange) {
    var choice = Json.object();
    var ids = exchange.request().path("offer_ids");
    if (ids.size() == 1) {
      choice.set("offer_id", ids.get(0));
    } else if (!ids.isEmpty()) {
      choice.set("offer_ids", ids);
    }
    if (exchange.request().path("seat").isString()) {
      choice.set("seat", exchange.request().path("seat"));
    }
    rested(draft.step(exchange.at(), "choose", choice), "");
  }

  private void decided(Exchange exchange, boolean whileAway) {
    var decision = exchange.request().path("decision").asString();
    var verb =
        switch (decision) {
          case "APPROVE" -> "approve";
          case "DECLINE" -> "decline";
          default -> "close";
        };
    var arguments = Json.object();
    // The journal masks PINs; what the cashier said about this one is enough.
    if (exchange.code().equals("pin_wrong")) {
      arguments.put("pin", WRONG_PIN);
    }
    if (exchange.isGood()) {
      var step = draft.step(exchange.at(), verb, arguments);
      if (!whileAway) {
        rested(step, "");
      }
    } else if (Set.of("pin_wrong", "pin_locked").contains(exchange.code())) {
      rested(draft.step(exchange.at(), verb, arguments), exchange.code());
    } else {
      draft.leaveOut("a decision the cashier refused: " + exchange.code());
    }
  }

  /** Where the agent came to rest after this step. */
  private void rested(ObjectNode step, String refused) {
    last = step;
    if (!refused.isEmpty()) {
      step.putObject("expect").put("code", refused);
      return;
    }
    var next = Optional.ofNullable(stops.get(current)).filter(Iterator::hasNext);
    next.ifPresent(stop -> step.putObject("expect").put("outcome", stop.next()));
  }

  /** What the agent bought on the way is called by its place in the turn. */
  private void ownPurchase(Exchange exchange) {
    if (!exchange.isGood()) {
      return;
    }
    if (!exchange.delegatedMode().isEmpty()) {
      away.add(exchange.answer().path("trade_no").asString());
      // No step led to this order: it is found where the payment is.
      captures.remove(exchange.request().path("merchant_order_no").asString(""));
    } else if (exchange.is("POST", "/psp/payments")) {
      var trade = exchange.answer().path("trade_no").asString();
      if (trades.add(trade)) {
        capture(trade, "trade", "/payments/" + paymentsOfTurn++ + "/trade_no");
      }
    } else if (exchange.part("POST", "/merchants/*/carts").isPresent()) {
      var order = exchange.answer().path("order_no").asString();
      capture(order, "order", "/orders/" + ordersOfTurn++ + "/order_no");
    }
  }

  /** The agent asked for authority: which, if it is not the last one it asked for. */
  void asked(String intentId) {
    capture(intentId, "intent", "/authority/intent_id");
  }

  private void capture(String id, String what, String pointer) {
    var step = last;
    if (step != null) {
      captures.put(
          id,
          () -> {
            var name = draft.freshName(what);
            var into =
                step.path("capture") instanceof ObjectNode there
                    ? there
                    : step.putObject("capture");
            into.put(name, pointer);
            draft.name(id, name);
          });
    }
  }

  /** Gives names to those of the agent's ids that this text has in it. */
  void nameWhatIsIn(String text) {
    var needed = captures.keySet().stream().filter(text::contains).sorted().toList();
    for (var id : needed) {
      var capture = captures.remove(id);
      if (capture != null) {
        capture.run();
      }
    }
  }
}
