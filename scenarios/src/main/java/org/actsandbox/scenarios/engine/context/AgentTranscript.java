package org.actsandbox.scenarios.engine.context;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the demo agent has told since the principal's last words, as one JSON object that
 * expectations look into.
 */
public final class AgentTranscript {

  private final ObjectNode told = Json.object();
  private String waiting = "";
  private boolean done;

  /** What the agent does while nobody talks with it is told as well, and is nobody's turn. */
  private boolean begun;

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
      told.putArray(list);
    }
  }

  public ObjectNode facts() {
    return told;
  }

  /** Trade number of the payment that waits at the cashier; empty when none does. */
  public String waitingTradeNo() {
    return waiting;
  }

  boolean isQuiet() {
    return done || !waiting.isEmpty();
  }

  public boolean isDone() {
    return done;
  }

  /** Something was answered: what comes next is new. */
  void goOn() {
    waiting = "";
    done = false;
    told.remove("waiting");
    told.remove("outcome");
  }

  String summary() {
    return ExpectationMatcher.describe(told.path("steps"));
  }

  void add(JsonNode event) {
    var data = event.path("data");
    switch (event.path("type").asString()) {
      case "plan" -> {
        told.put("intent_id", data.path("intent_id").asString());
        told.set("plan", data.path("plan"));
      }
      case "step" -> step(data);
      case "offers" -> offers(data);
      case "cart" -> told.withArray("orders").add(data.path("order"));
      case "payment_needed" -> needed(data);
      case "payment" -> payment(data);
      case "delivery" -> told.withArray("deliveries").add(data);
      case "question" -> {
        told.put("question", data.path("question").asString());
        told.set("missing", data.path("missing"));
      }
      case "nothing_suitable", "declined", "failed" -> told.set("ending", data);
      case "delegation_request" -> told.set("authority", ids(data));
      case "message" -> {
        begun = begun || data.path("role").asString("").equals("user");
        told.put("said", data.path("text").asString());
      }
      case "turn_done" -> {
        done = true;
        waiting = "";
        told.remove("waiting");
        told.put("outcome", data.path("outcome").asString());
      }
      default -> {
        // Tokens, and what later versions may tell.
      }
    }
  }

  /** Of what the agent asks for; the summary is wording. */
  private static ObjectNode ids(JsonNode data) {
    var ids = Json.object();
    for (var field : new String[] {"intent_id", "status", "watch_id", "task_id"}) {
      if (data.has(field)) {
        ids.set(field, data.path(field));
      }
    }
    return ids;
  }

  private void needed(JsonNode data) {
    if (begun) {
      waiting = data.path("trade_no").asString();
      told.put("waiting", waiting).put("outcome", "waiting");
      told.withArray("payments").add(data.deepCopy());
    }
  }

  private void step(JsonNode data) {
    var step = Json.object();
    data.properties()
        .forEach(
            field -> {
              // Texts are wording, which no expectation may depend on.
              if (!field.getKey().equals("text")) {
                step.set(field.getKey(), field.getValue());
              }
            });
    told.withArray("steps").add(step);
  }

  private void offers(JsonNode data) {
    var offers = told.putArray("offers");
    var merchants = told.putArray("merchants");
    var asked = told.putArray("asked");
    var leftOut = told.putArray("left_out");
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
        told.set(field, data.path(field));
      }
    }
  }

  private void payment(JsonNode data) {
    for (var payment : told.path("payments")) {
      if (payment.path("trade_no").equals(data.path("trade_no"))) {
        ((ObjectNode) payment).set("status", data.path("status"));
      }
    }
  }
}
