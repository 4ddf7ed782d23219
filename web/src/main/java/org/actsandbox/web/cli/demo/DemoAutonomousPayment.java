package org.actsandbox.web.cli.demo;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Autonomous payment (ACT L3) in a terminal: the principal gives an authority and a sub-account,
 * the agent does the rest.
 */
final class DemoAutonomousPayment extends DemoAbsentPrincipal {

  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");

  /** Ours: a task that waits is looked at again and again until its day is over. */
  private static final int MOST_STEPS = 1000;

  private final DemoSubAccount purse;
  private String taskId = "";
  private String taskState = "";
  private List<String> unread = List.of();
  private int warnings;
  private JsonNode moneyAsked = Json.object();
  private JsonNode task = Json.object();

  DemoAutonomousPayment(DemoContext stage) {
    super(stage, DemoLevel.L3, START, Map.of(), MOST_STEPS);
    this.purse = new DemoSubAccount(targetWorld, client, terminal, stage.yes());
  }

  @Override
  boolean asksForAuthority() {
    return authority.isAsked() && !taskId.isEmpty();
  }

  @Override
  void unasked() {
    transcript.ending(Json.object().put("reason", reason));
  }

  /** The plan without its words that were not understood. */
  @Override
  List<String> unheeded() {
    return unread;
  }

  /** A sub-account that is asked for is opened first, or declined. */
  @Override
  boolean goesOn() {
    if (purse.isOpen() || moneyAsked.isEmpty()) {
      return true;
    }
    if (!purse.open(moneyAsked)) {
      transcript.outcome("declined");
      return false;
    }
    client.post(tasks("/" + taskId + "/continue"), principal(), Json.object());
    talk.runDueNow();
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
  void heard(String type, String at, JsonNode data) {
    switch (type) {
      case "message" -> {
        if (data.path("role").asString().equals("assistant")) {
          terminal.print(data.path("text").asString());
        }
      }
      case "question" -> question = data.path("question").asString();
      case "delegation_request" -> {
        taskId = data.path("task_id").asString("");
        authority.asked(data);
        unread = data.path("unread").valueStream().map(words -> words.asString("")).toList();
      }
      case "task" -> {
        taskState = data.path("state").asString();
        reason = data.path("text").asString();
        authority.delegation(data.path("delegation_id").asString(""));
      }
      case "sub_account_request" -> moneyAsked = data;
      case "task_warning" -> warnings++;
      case "step" -> terminal.print("    " + data.path("text").asString());
      case "payment_needed" -> cashier.answer(data);
      case "failed" -> reason = data.path("reason").asString();
      case "nothing_suitable" -> {
        reason = data.path("why").asString();
        transcript.outcome("nothing_suitable");
      }
      default -> {
        // later kinds of events are for livelier surfaces than this one
      }
    }
  }

  /** The task's bill, payment by payment as the payment service has it; then the rest goes back. */
  @Override
  void settle() {
    talk.advance("PT1M");
    task = client.get(tasks("/" + taskId), principal());
    taskState = task.path("state").asString();
    for (var item : task.path("bill").path("items")) {
      transcript.asked(item.path("merchant").asString());
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
    evidence.tell(terminal);
    if (purse.isOpen()) {
      purse.close();
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
          item.path("amount").asString(),
          item.path("trade_no").asString());
    }
    var budget = task.path("budget");
    terminal.say(
        "l3.budget",
        budget.path("spent").asString(),
        budget.path("total").asString(),
        budget.path("left").asString());
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
    return purse.addTo(json);
  }

  private String principal() {
    return targetWorld.keys().principal();
  }

  private URI tasks(String path) {
    return targetWorld.at("/agents/demo-agent/tasks" + path);
  }
}
