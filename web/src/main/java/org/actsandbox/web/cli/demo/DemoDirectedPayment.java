package org.actsandbox.web.cli.demo;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays directed payment (ACT L2) in a terminal: the principal gives authority and is then absent,
 * and the agent buys when its condition is met.
 */
final class DemoDirectedPayment extends DemoAbsentPrincipal {

  /**
   * Ours: tickets for 20 January are sold from the next midnight on, which is within the time that
   * the sentence allows.
   */
  private static final Instant START = Instant.parse("2026-12-20T01:00:00Z");

  private static final String HOME = "Beijing";

  /** Ours: enough steps for twice a plan of 120 payments with their searches and deliveries. */
  private static final int MAX_STEPS = 3000;

  private String watchState = "";
  private String watchCode = "";
  private String outcome = "failed";
  private boolean turnOver;

  DemoDirectedPayment(DemoContext context) {
    super(context, DemoLevel.L2, START, Map.of("home_city", HOME), MAX_STEPS);
  }

  @Override
  void say(String words) {
    turnOver = false;
    super.say(words);
  }

  @Override
  boolean asksForAuthority() {
    return authority.isRequested();
  }

  @Override
  void endWithoutRequest() {
    if (reason.isEmpty()) {
      reason = terminal.text("level.not");
      terminal.print(reason);
    }
    transcript.outcome(outcome);
    transcript.ending(Json.object().put("reason", reason));
  }

  @Override
  boolean isOver() {
    return switch (watchState) {
      case "done", "ended", "paused" -> true;
      default -> false;
    };
  }

  @Override
  void onEvent(ConversationEventType type, String at, JsonNode data) {
    switch (type) {
      case MESSAGE -> printMessage(at, data);
      case QUESTION -> question = data.path("question").asString();
      case DELEGATION_REQUEST -> authority.setRequest(data);
      case WATCH -> {
        watchState = data.path("state").asString();
        watchCode = data.path("code").asString("");
        reason = data.path("text").asString();
        authority.setDelegation(data.path("delegation_id").asString(""));
      }
      case STEP -> terminal.print("    " + data.path("text").asString());
      case CART -> transcript.cart(data.path("order"));
      case PAYMENT_NEEDED -> cashier.answer(data);
      case DELIVERY -> transcript.delivery(data);
      case FAILED -> reason = data.path("reason").asString();
      case DECLINED -> {
        outcome = type.code();
        reason = data.path("reason").asString();
      }
      case NOTHING_SUITABLE -> {
        outcome = type.code();
        reason = data.path("why").asString("");
      }
      case TURN_DONE -> turnOver = true;
      case TOKEN,
          PLAN,
          OFFERS,
          CHOICES,
          PAYMENT,
          SUB_ACCOUNT_REQUEST,
          TASK,
          TASK_WARNING,
          TASK_BILL -> {
        // The principal is absent while the agent searches, and tasks are a demo of their own.
      }
    }
  }

  private void printMessage(String at, JsonNode data) {
    if (data.path("role").asString().equals("assistant")) {
      terminal.print(
          "[" + terminal.moment(Instant.parse(at)) + "] " + data.path("text").asString());
    }
  }

  /**
   * Prints the result. The merchant's confirmation of the delivery is due work as well, so the
   * clock is advanced for it.
   */
  @Override
  void settle() {
    transcript.outcome(
        switch (watchState) {
          case "done" -> "bought";
          case "ended" -> watchCode.equals("iac_expired") ? "nothing_suitable" : "failed";
          default -> outcome.equals("declined") ? outcome : "failed";
        });
    if (!watchState.equals("done")) {
      transcript.ending(Json.object().put("reason", reason));
    }
    if (!turnOver || transcript.tradeNos().isEmpty()) {
      return;
    }
    conversation.advance("PT1M");
    for (var tradeNo : transcript.tradeNos()) {
      var payment =
          client.get(targetWorld.at("/psp/payments/" + tradeNo), targetWorld.keys().agent());
      transcript.payment(payment);
      terminal.say(
          "bought",
          payment.path("amount").asString(),
          payment.path("currency").asString(),
          payment.path("transaction_state").asString());
    }
    evidence.collect(transcript.orderNos());
    evidence.print(terminal);
  }

  @Override
  public ObjectNode toJson() {
    var journal = new DemoJournal(targetWorld, client, transcript.intentId());
    journal.platforms().forEach(transcript::addPlatform);
    var json = transcript.toJson(targetWorld.world(), lang, journal.messages());
    json.put("level", DemoLevel.L2.name());
    evidence.describe(json);
    return authority.addTo(json, journal);
  }
}
