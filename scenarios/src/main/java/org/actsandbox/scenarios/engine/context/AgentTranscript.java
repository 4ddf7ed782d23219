package org.actsandbox.scenarios.engine.context;

import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects what the demo agent has told since the principal's last message, as one JSON object for
 * expectations and captures.
 */
public final class AgentTranscript {

  private final ObjectNode facts = Json.object();
  private String waitingTradeNo = "";
  private boolean done;

  /**
   * True once the principal's message was seen. Events before it belong to no turn: they tell what
   * the agent does on its own while the principal says nothing.
   */
  private boolean turnStarted;

  AgentTranscript() {
    for (var list :
        new String[] {
          "plan",
          "asked",
          "left_out",
          "offers",
          "merchants",
          "recommended",
          "missing",
          "orders",
          "payments",
          "deliveries",
          "steps"
        }) {
      facts.putArray(list);
    }
  }

  public ObjectNode facts() {
    return facts;
  }

  /** Returns the trade number of the payment that waits at the cashier; empty if none waits. */
  public String waitingTradeNo() {
    return waitingTradeNo;
  }

  /** Tells whether the principal is next: the turn is over, or a payment waits at the cashier. */
  boolean isWaitingForPrincipal() {
    return done || !waitingTradeNo.isEmpty();
  }

  /** Tells whether the turn is over. */
  public boolean isDone() {
    return done;
  }

  /** Clears what a waiting payment or the end of a turn has set, before more events are read. */
  void continueTurn() {
    waitingTradeNo = "";
    done = false;
    facts.remove("waiting");
    facts.remove("outcome");
  }

  String summary() {
    return ExpectationMatcher.describe(facts.path("steps"));
  }

  /** Adds an event; one that this version does not know is no fact. */
  void add(JsonNode event) {
    ConversationEventType.find(event.path("type").asString())
        .ifPresent(type -> add(type, event.path("data")));
  }

  private void add(ConversationEventType type, JsonNode data) {
    switch (type) {
      case PLAN -> {
        facts.put("intent_id", data.path("intent_id").asString());
        facts.set("plan", data.path("plan"));
      }
      case STEP -> step(data);
      case OFFERS -> offers(data);
      case CART -> facts.withArray("orders").add(data.path("order"));
      case PAYMENT_NEEDED -> paymentNeeded(data);
      case PAYMENT -> payment(data);
      case DELIVERY -> facts.withArray("deliveries").add(data);
      case QUESTION -> {
        facts.put("question", data.path("question").asString());
        facts.set("missing", data.path("missing"));
      }
      case NOTHING_SUITABLE, DECLINED, FAILED -> facts.set("ending", data);
      case DELEGATION_REQUEST -> facts.set("authority", ids(data));
      case MESSAGE -> {
        turnStarted = turnStarted || data.path("role").asString("").equals("user");
        facts.put("said", data.path("text").asString());
      }
      case TURN_DONE -> {
        done = true;
        waitingTradeNo = "";
        facts.remove("waiting");
        facts.put("outcome", data.path("outcome").asString());
      }
      case CHOICES -> facts.set("offers", data.path("choices"));
      case TOKEN, WATCH, SUB_ACCOUNT_REQUEST, TASK, TASK_WARNING, TASK_BILL -> {
        // Pieces of a message are no facts, and watches and tasks are read from their own
        // addresses.
      }
    }
  }

  /**
   * Returns the ids of a requested authority without its summary; expectations must not depend on
   * its wording.
   */
  private static ObjectNode ids(JsonNode data) {
    var ids = Json.object();
    for (var field : new String[] {"intent_id", "status", "watch_id", "task_id"}) {
      if (data.has(field)) {
        ids.set(field, data.path(field));
      }
    }
    return ids;
  }

  private void paymentNeeded(JsonNode data) {
    if (turnStarted) {
      waitingTradeNo = data.path("trade_no").asString();
      facts.put("waiting", waitingTradeNo).put("outcome", "waiting");
      facts.withArray("payments").add(data.deepCopy());
    }
  }

  private void step(JsonNode data) {
    var step = Json.object();
    data.properties()
        .forEach(
            field -> {
              // Expectations must not depend on the wording of texts.
              if (!field.getKey().equals("text")) {
                step.set(field.getKey(), field.getValue());
              }
            });
    facts.withArray("steps").add(step);
  }

  private void offers(JsonNode data) {
    var offers = facts.putArray("offers");
    var merchants = facts.putArray("merchants");
    var asked = facts.putArray("asked");
    var leftOut = facts.putArray("left_out");
    for (var search : data.path("searches")) {
      search.path("platforms_asked").forEach(asked::add);
      search.path("platforms_left_out").forEach(leftOut::add);
      for (var offer : search.path("offers")) {
        offers.add(offer);
        var merchant = offer.path("merchant");
        if (merchants.valueStream().noneMatch(merchant::equals)) {
          merchants.add(merchant);
        }
      }
    }
    for (var field : new String[] {"recommended", "total", "currency", "fits_budget"}) {
      if (data.has(field)) {
        facts.set(field, data.path(field));
      }
    }
  }

  private void payment(JsonNode data) {
    for (var payment : facts.path("payments")) {
      if (payment.path("trade_no").equals(data.path("trade_no"))) {
        ((ObjectNode) payment).set("status", data.path("status"));
      }
    }
  }
}
