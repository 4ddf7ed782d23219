package org.actsandbox.web.cli.demo;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays autonomous payment (ACT L3) in a terminal: the principal gives an authority and a
 * sub-account, and the agent does the rest.
 */
final class DemoAutonomousPayment extends DemoAbsentPrincipal {

  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");

  /** Ours: enough steps for a task that waits and is checked repeatedly until its day is over. */
  private static final int MAX_STEPS = 1000;

  private final DemoSubAccount subAccount;
  private String taskId = "";
  private String taskState = "";
  private List<String> wordsNotUnderstood = List.of();
  private int warnings;
  private JsonNode subAccountRequest = Json.object();
  private JsonNode task = Json.object();

  DemoAutonomousPayment(DemoContext context) {
    super(context, DemoLevel.L3, START, Map.of(), MAX_STEPS);
    this.subAccount = new DemoSubAccount(targetWorld, client, terminal, context.yes());
  }

  @Override
  boolean asksForAuthority() {
    return authority.isRequested() && !taskId.isEmpty();
  }

  @Override
  void endWithoutRequest() {
    transcript.ending(Json.object().put("reason", reason));
  }

  /** Returns words of the sentence that the agent did not understand, so the plan lacks them. */
  @Override
  List<String> ignoredWords() {
    return wordsNotUnderstood;
  }

  /** Opens the sub-account that the agent requests; returns false if the principal declines. */
  @Override
  boolean continues() {
    if (subAccount.isOpen() || subAccountRequest.isEmpty()) {
      return true;
    }
    if (!subAccount.open(subAccountRequest)) {
      transcript.outcome("declined");
      return false;
    }
    client.post(tasks("/" + taskId + "/continue"), principal(), Json.object());
    conversation.runDueNow();
    return true;
  }

  @Override
  boolean isOver() {
    return switch (taskState) {
      case "done", "partial", "ended", "paused" -> true;
      default -> false;
    };
  }

  @Override
  void onEvent(ConversationEventType type, String at, JsonNode data) {
    switch (type) {
      case MESSAGE -> {
        if (data.path("role").asString().equals("assistant")) {
          terminal.print(data.path("text").asString());
        }
      }
      case QUESTION -> question = data.path("question").asString();
      case DELEGATION_REQUEST -> {
        taskId = data.path("task_id").asString("");
        authority.setRequest(data);
        wordsNotUnderstood =
            data.path("unread").valueStream().map(words -> words.asString("")).toList();
      }
      case TASK -> {
        taskState = data.path("state").asString();
        reason = data.path("text").asString();
        authority.setDelegation(data.path("delegation_id").asString(""));
      }
      case SUB_ACCOUNT_REQUEST -> subAccountRequest = data;
      case TASK_WARNING -> warnings++;
      case STEP -> terminal.print("    " + data.path("text").asString());
      case PAYMENT_NEEDED -> cashier.answer(data);
      case DECLINED, FAILED -> reason = data.path("reason").asString();
      case NOTHING_SUITABLE -> {
        reason = data.path("why").asString();
        transcript.outcome(type.code());
      }
      case TOKEN, PLAN, OFFERS, CHOICES, CART, PAYMENT, DELIVERY, WATCH, TASK_BILL, TURN_DONE -> {
        // A task buys without carts and offers, and its bill and deliveries are read at the end.
      }
    }
  }

  /**
   * Prints the task's bill with the payments as the payment service has them, and returns the rest
   * of the money.
   */
  @Override
  void settle() {
    conversation.advance("PT1M");
    task = client.get(tasks("/" + taskId), principal());
    taskState = task.path("state").asString();
    for (var item : task.path("bill").path("items")) {
      transcript.addPlatform(item.path("merchant").asString());
      if (!item.path("given_back").asBoolean()) {
        transcript.delivery(delivery(item, step(item.path("step"))));
      }
      transcript.payment(
          client.get(
              targetWorld.at("/psp/payments/" + item.path("trade_no").asString()),
              targetWorld.keys().agent()));
    }
    bill();
    evidence.collect(transcript.orderNos());
    evidence.print(terminal);
    if (subAccount.isOpen()) {
      subAccount.close();
    }
    if (!task.path("result").asString("").isEmpty()) {
      terminal.print("\n" + task.path("result").asString() + "\n");
    }
    outcome();
  }

  private JsonNode step(JsonNode key) {
    return task.path("steps")
        .valueStream()
        .filter(step -> step.path("key").equals(key))
        .findFirst()
        .orElseGet(Json::object);
  }

  private static ObjectNode delivery(JsonNode item, JsonNode step) {
    var delivery = Json.object();
    delivery.set("merchant", item.path("merchant"));
    delivery.set("title", step.path("title"));
    delivery.set("why", item.path("why"));
    delivery.set("order_no", item.path("order_no"));
    delivery.set("trade_no", item.path("trade_no"));
    delivery
        .putObject("delivery")
        .put("kind", "service")
        .put("service", item.path("service").asString());
    return delivery;
  }

  private void bill() {
    terminal.say("l3.bill");
    for (var item : task.path("bill").path("items")) {
      terminal.say(
          item.path("given_back").asBoolean() ? "l3.item.back" : "l3.item",
          item.path("step").asString(),
          item.path("merchant").asString(),
          DemoAmount.yuan(item.path("amount").asString()),
          item.path("trade_no").asString());
    }
    var budget = task.path("budget");
    terminal.say(
        "l3.budget",
        DemoAmount.yuan(budget.path("spent").asString()),
        DemoAmount.yuan(budget.path("total").asString()),
        DemoAmount.yuan(budget.path("left").asString()));
  }

  private void outcome() {
    if (transcript.outcome().equals("declined")) {
      return;
    }
    transcript.outcome(
        switch (taskState) {
          case "done" -> "bought";
          case "partial" -> "partial";
          default -> "failed";
        });
    if (!taskState.equals("done")) {
      transcript.ending(Json.object().put("reason", reason));
    }
  }

  @Override
  public ObjectNode toJson() {
    var journal = new DemoJournal(targetWorld, client, transcript.intentId());
    var json = transcript.toJson(targetWorld.world(), lang, journal.messages());
    json.put("level", DemoLevel.L3.name());
    authority.addTo(json, journal);
    if (!task.isEmpty()) {
      json.set("steps", task.path("steps"));
      json.set("bill", task.path("bill"));
      json.set("result", task.path("result"));
    }
    json.put("warnings", warnings);
    evidence.describe(json);
    return subAccount.addTo(json);
  }

  private String principal() {
    return targetWorld.keys().principal();
  }

  private URI tasks(String path) {
    return targetWorld.at("/agents/demo-agent/tasks" + path);
  }
}
