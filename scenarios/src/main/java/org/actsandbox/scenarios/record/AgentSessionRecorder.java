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
final class AgentSessionRecorder {

  private static final String CONVERSATION = "/agents/demo-agent/conversations/*";
  private static final String WRONG_PIN = "000000";

  /** As long as a fault may wait: longer than any agent does. */
  private static final int FOR_EVER_MILLIS = 60_000;

  private final ScriptDraft scriptDraft;
  private final SessionParticipants sessionParticipants;
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

  AgentSessionRecorder(
      ScriptDraft scriptDraft,
      SessionParticipants sessionParticipants,
      Map<String, List<String>> stops) {
    this.scriptDraft = scriptDraft;
    this.sessionParticipants = sessionParticipants;
    stops.forEach((id, list) -> this.stops.put(id, list.iterator()));
  }

  /** Whether it was part of this. */
  boolean read(RecordedExchange recordedExchange) {
    if (recordedExchange.from().equals(sessionParticipants.agent())) {
      if (recordedExchange.saysItsSender()) {
        ownPurchase(recordedExchange);
      }
      // Else somebody used its key: the console cancels an order like that.
      return recordedExchange.saysItsSender();
    }
    if (!recordedExchange.isByPrincipal()) {
      return false;
    }
    var approval =
        recordedExchange.pathVariable("POST", "/psp/payments/*/approval").filter(this::isMine);
    if (approval.isPresent()) {
      decided(recordedExchange, away.contains(approval.get()));
      return true;
    }
    return spoken(recordedExchange);
  }

  /** The agent's payment ran out while nobody looked: the principal ignored it. */
  boolean timedOut(String trade, Instant at) {
    if (away.contains(trade)) {
      scriptDraft.noteUnattended(at);
      return true;
    }
    if (!trades.contains(trade)) {
      return false;
    }
    rested(scriptDraft.stepUntil(at.plusSeconds(1), "ignore", Json.object()), "");
    return true;
  }

  private boolean isMine(String trade) {
    return trades.contains(trade) || away.contains(trade);
  }

  /** A fault happened at this participant: it will again. */
  void noteFault(String participant) {
    troubled.add(participant);
  }

  /**
   * The agent waited for a platform in vain. If no fault made it slow the machine did, and will not
   * again; so a fault is written down in its place.
   */
  void noteTimeout(String platform) {
    var asked = sentence;
    if (asked == null || !troubled.add(platform)) {
      return;
    }
    var fault = Json.object().put("name", "delay").put("participant", platform).put("count", 1);
    fault.putObject("parameters").put("ms", FOR_EVER_MILLIS);
    scriptDraft.before(asked, "fault", fault);
  }

  private boolean spoken(RecordedExchange recordedExchange) {
    var opened = recordedExchange.openedConversation();
    if (opened.isPresent()) {
      languages.put(opened.get(), recordedExchange.request().path("lang").asString(""));
      return true;
    }
    var words = recordedExchange.pathVariable("POST", CONVERSATION + "/messages");
    var choice = recordedExchange.pathVariable("POST", CONVERSATION + "/choice");
    var cancel = recordedExchange.pathVariable("POST", CONVERSATION + "/cancel");
    var id = words.or(() -> choice).or(() -> cancel);
    // What was refused, a second sentence while the agent thinks, led to nothing.
    if (id.isEmpty() || !recordedExchange.isGood()) {
      return id.isPresent();
    }
    if (words.isPresent()) {
      said(recordedExchange, id.get());
    } else if (!id.get().equals(current)) {
      scriptDraft.leaveOut("something done in a conversation that was left for another");
    } else if (choice.isPresent()) {
      chose(recordedExchange);
    } else if (recordedExchange.answer().path("cancelled").asBoolean(false)) {
      rested(scriptDraft.step(recordedExchange.at(), "cancel", Json.object()), "");
    }
    return true;
  }

  private void said(RecordedExchange recordedExchange, String id) {
    var lang = recordedExchange.request().path("lang").asString(languages.getOrDefault(id, ""));
    var text = recordedExchange.request().path("text");
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
    sentence = scriptDraft.step(recordedExchange.at(), "say", arguments);
    rested(sentence, "");
  }

  private void chose(RecordedExchange recordedExchange) {
    var choice = Json.object();
    var ids = recordedExchange.request().path("offer_ids");
    if (ids.size() == 1) {
      choice.set("offer_id", ids.get(0));
    } else if (!ids.isEmpty()) {
      choice.set("offer_ids", ids);
    }
    if (recordedExchange.request().path("seat").isString()) {
      choice.set("seat", recordedExchange.request().path("seat"));
    }
    rested(scriptDraft.step(recordedExchange.at(), "choose", choice), "");
  }

  private void decided(RecordedExchange recordedExchange, boolean whileAway) {
    var decision = recordedExchange.request().path("decision").asString();
    var verb =
        switch (decision) {
          case "APPROVE" -> "approve";
          case "DECLINE" -> "decline";
          default -> "close";
        };
    var arguments = Json.object();
    // The journal masks PINs; what the cashier said about this one is enough.
    if (recordedExchange.code().equals("pin_wrong")) {
      arguments.put("pin", WRONG_PIN);
    }
    if (recordedExchange.isGood()) {
      var step = scriptDraft.step(recordedExchange.at(), verb, arguments);
      if (!whileAway) {
        rested(step, "");
      }
    } else if (Set.of("pin_wrong", "pin_locked").contains(recordedExchange.code())) {
      rested(scriptDraft.step(recordedExchange.at(), verb, arguments), recordedExchange.code());
    } else {
      scriptDraft.leaveOut("a decision the cashier refused: " + recordedExchange.code());
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
  private void ownPurchase(RecordedExchange recordedExchange) {
    if (!recordedExchange.isGood()) {
      return;
    }
    if (!recordedExchange.delegatedMode().isEmpty()) {
      away.add(recordedExchange.answer().path("trade_no").asString());
      // No step led to this order: it is found where the payment is.
      captures.remove(recordedExchange.request().path("merchant_order_no").asString(""));
    } else if (recordedExchange.is("POST", "/psp/payments")) {
      var trade = recordedExchange.answer().path("trade_no").asString();
      if (trades.add(trade)) {
        capture(trade, "trade", "/payments/" + paymentsOfTurn++ + "/trade_no");
      }
    } else if (recordedExchange.pathVariable("POST", "/merchants/*/carts").isPresent()) {
      var order = recordedExchange.answer().path("order_no").asString();
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
            var name = scriptDraft.freshName(what);
            var into =
                step.path("capture") instanceof ObjectNode there
                    ? there
                    : step.putObject("capture");
            into.put(name, pointer);
            scriptDraft.name(id, name);
          });
    }
  }

  /** Gives names to those of the agent's ids that this text has in it. */
  void nameIdsIn(String text) {
    var needed = captures.keySet().stream().filter(text::contains).sorted().toList();
    for (var id : needed) {
      var capture = captures.remove(id);
      if (capture != null) {
        capture.run();
      }
    }
  }
}
