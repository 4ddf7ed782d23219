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
import org.actsandbox.protocol.operation.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes as steps what one principal said to the demo agent, chose and decided. */
final class AgentSessionRecorder {

  private static final String WRONG_PIN = "000000";

  /** The longest delay that a fault can have, which is longer than any agent waits. */
  private static final int MAX_DELAY_MILLIS = 60_000;

  private final ScriptDraft scriptDraft;
  private final SessionParticipants sessionParticipants;
  private final Map<String, Iterator<String>> outcomes = new HashMap<>();
  private final Map<String, String> languages = new HashMap<>();
  private final Set<String> trades = new HashSet<>();

  /** Trades of payments that the agent makes under a delegation, outside of any turn. */
  private final Set<String> delegatedTrades = new HashSet<>();

  /** The actions that give the agent's ids names, which run only for ids that a step needs. */
  private final Map<String, Runnable> captures = new HashMap<>();

  private @Nullable String current;
  private @Nullable ObjectNode lastStep;

  /** The last step in which the principal said something. */
  private @Nullable ObjectNode lastSentence;

  /** The participants at which a fault happened since the last sentence. */
  private final Set<String> disturbedParticipants = new HashSet<>();

  private int paymentsOfTurn;
  private int ordersOfTurn;

  AgentSessionRecorder(
      ScriptDraft scriptDraft,
      SessionParticipants sessionParticipants,
      Map<String, List<String>> outcomes) {
    this.scriptDraft = scriptDraft;
    this.sessionParticipants = sessionParticipants;
    outcomes.forEach((id, list) -> this.outcomes.put(id, list.iterator()));
  }

  /** Writes the step of an exchange; returns false if it is no part of this principal's session. */
  boolean read(RecordedExchange recordedExchange) {
    if (recordedExchange.from().equals(sessionParticipants.agent())) {
      if (recordedExchange.namesItsSender()) {
        noteAgentPurchase(recordedExchange);
      }
      // Otherwise another program used the agent's key: the console cancels orders in this way.
      return recordedExchange.namesItsSender();
    }
    if (!recordedExchange.isByPrincipal()) {
      return false;
    }
    var approval = recordedExchange.id(Operation.APPROVAL).filter(this::isMine);
    if (approval.isPresent()) {
      writeDecision(recordedExchange, delegatedTrades.contains(approval.get()));
      return true;
    }
    return readConversation(recordedExchange);
  }

  /**
   * Writes that the principal ignored a payment of the agent until it expired; returns false for
   * other payments.
   */
  boolean timedOut(String trade, Instant at) {
    if (delegatedTrades.contains(trade)) {
      scriptDraft.noteUnattended(at);
      return true;
    }
    if (!trades.contains(trade)) {
      return false;
    }
    expectOutcome(scriptDraft.stepUntil(at.plusSeconds(1), "ignore", Json.object()), "");
    return true;
  }

  private boolean isMine(String trade) {
    return trades.contains(trade) || delegatedTrades.contains(trade);
  }

  /**
   * Remembers that a fault happened at this participant; it will happen again when the file is
   * played.
   */
  void noteFault(String participant) {
    disturbedParticipants.add(participant);
  }

  /**
   * Notes that the agent waited for a platform in vain. If no fault made the platform slow, the
   * machine did, which cannot be repeated; so a fault is written that makes it slow.
   */
  void noteTimeout(String platform) {
    var asked = lastSentence;
    if (asked == null || !disturbedParticipants.add(platform)) {
      return;
    }
    var fault = Json.object().put("name", "delay").put("participant", platform).put("count", 1);
    fault.putObject("parameters").put("ms", MAX_DELAY_MILLIS);
    scriptDraft.insertBefore(asked, "fault", fault);
  }

  private boolean readConversation(RecordedExchange recordedExchange) {
    var opened = recordedExchange.openedConversation();
    if (opened.isPresent()) {
      languages.put(opened.get(), recordedExchange.request().path("language").asString(""));
      return true;
    }
    var words = recordedExchange.id(Operation.WISH);
    var choice = recordedExchange.id(Operation.CHOICE);
    var cancel = recordedExchange.id(Operation.CANCEL_TURN);
    var id = words.or(() -> choice).or(() -> cancel);
    // A refused message, such as a second sentence while the agent is busy, had no effect.
    if (id.isEmpty() || !recordedExchange.isGood()) {
      return id.isPresent();
    }
    if (words.isPresent()) {
      writeSentence(recordedExchange, id.get());
    } else if (!id.get().equals(current)) {
      scriptDraft.leaveOut("something done in a conversation that was left for another");
    } else if (choice.isPresent()) {
      writeChoice(recordedExchange);
    } else if (recordedExchange.answer().path("cancelled").asBoolean(false)) {
      expectOutcome(scriptDraft.step(recordedExchange.at(), "cancel", Json.object()), "");
    }
    return true;
  }

  private void writeSentence(RecordedExchange recordedExchange, String id) {
    var lang = recordedExchange.request().path("language").asString(languages.getOrDefault(id, ""));
    var text = recordedExchange.request().path("text");
    JsonNode arguments = text;
    if (!lang.isEmpty() || (current != null && !id.equals(current))) {
      var more = Json.object();
      more.set("text", text);
      if (!lang.isEmpty()) {
        more.put("language", lang);
      }
      if (current != null && !id.equals(current)) {
        more.put("new", true);
      }
      arguments = more;
    }
    current = id;
    paymentsOfTurn = 0;
    ordersOfTurn = 0;
    disturbedParticipants.clear();
    lastSentence = scriptDraft.step(recordedExchange.at(), "say", arguments);
    expectOutcome(lastSentence, "");
  }

  private void writeChoice(RecordedExchange recordedExchange) {
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
    expectOutcome(scriptDraft.step(recordedExchange.at(), "choose", choice), "");
  }

  private void writeDecision(RecordedExchange recordedExchange, boolean isDelegated) {
    var decision = recordedExchange.request().path("decision").asString();
    var verb =
        switch (decision) {
          case "APPROVE" -> "approve";
          case "DECLINE" -> "decline";
          default -> "close";
        };
    var arguments = Json.object();
    // The journal masks PINs, but the cashier's answer says whether this one was wrong.
    if (recordedExchange.code().equals("pin_wrong")) {
      arguments.put("pin", WRONG_PIN);
    }
    if (recordedExchange.isGood()) {
      var step = scriptDraft.step(recordedExchange.at(), verb, arguments);
      if (!isDelegated) {
        expectOutcome(step, "");
      }
    } else if (Set.of("pin_wrong", "pin_locked").contains(recordedExchange.code())) {
      expectOutcome(
          scriptDraft.step(recordedExchange.at(), verb, arguments), recordedExchange.code());
    } else {
      scriptDraft.leaveOut("a decision the cashier refused: " + recordedExchange.code());
    }
  }

  /** Adds the expected outcome: the cashier's refusal, or the next recorded outcome of the turn. */
  private void expectOutcome(ObjectNode step, String refused) {
    lastStep = step;
    if (!refused.isEmpty()) {
      step.putObject("expect").put("code", refused);
      return;
    }
    var next = Optional.ofNullable(outcomes.get(current)).filter(Iterator::hasNext);
    next.ifPresent(outcome -> step.putObject("expect").put("outcome", outcome.next()));
  }

  /** Notes the agent's orders and payments, which a later step finds by their place in the turn. */
  private void noteAgentPurchase(RecordedExchange recordedExchange) {
    if (!recordedExchange.isGood()) {
      return;
    }
    if (!recordedExchange.delegatedMode().isEmpty()) {
      delegatedTrades.add(recordedExchange.answer().path("trade_no").asString());
      // No step captures this order: it is found through the payment.
      captures.remove(recordedExchange.request().path("merchant_order_no").asString(""));
    } else if (recordedExchange.is(Operation.PAY)) {
      var trade = recordedExchange.answer().path("trade_no").asString();
      if (trades.add(trade)) {
        capture(trade, "trade", "/payments/" + paymentsOfTurn++ + "/trade_no");
      }
    } else if (recordedExchange.is(Operation.CART)) {
      var order = recordedExchange.answer().path("order_no").asString();
      capture(order, "order", "/orders/" + ordersOfTurn++ + "/order_no");
    }
  }

  /**
   * Notes the intent id of an authority that the agent requested, in case a later step decides
   * about it.
   */
  void noteAuthorityRequest(String intentId) {
    capture(intentId, "intent", "/authority/intent_id");
  }

  private void capture(String id, String what, String pointer) {
    var step = lastStep;
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

  /** Gives names to the agent's ids that occur in this text. */
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
