package org.actsandbox.scenarios.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Money that principals set apart for agents, and the word to the demo agent to look again. The
 * player binds the key of an outside agent's sub-account when it opens it.
 */
final class Purses {

  private static final String ACCOUNTS = "/psp/sub-accounts";
  private static final String TASKS = "/agents/demo-agent/tasks";

  private record Purse(String name, String by) {}

  private final Draft draft;
  private final Cast cast;
  private final Owners owners;
  private final Map<String, Purse> byId = new HashMap<>();
  private final Set<String> booked = new HashSet<>();
  private final Map<String, List<String>> tasks = new HashMap<>();
  private int opened;

  /** The last step here, which nothing has followed yet. */
  private @Nullable ObjectNode last;

  Purses(Draft draft, Cast cast, Owners owners) {
    this.draft = draft;
    this.cast = cast;
    this.owners = owners;
  }

  /** How files call a sub-account; null for one they do not know. */
  @Nullable String name(String subAccountId) {
    var purse = byId.get(subAccountId);
    return purse == null ? null : purse.name();
  }

  /** The demo agent took a task on. */
  void asked(JsonNode decision) {
    var task = decision.at("/data/task_id");
    if (task.isString()) {
      tasks
          .computeIfAbsent(owners.ofConversation(decision), _ -> new ArrayList<>())
          .add(task.stringValue());
    }
  }

  /** Whether it was one of these. */
  boolean read(Exchange exchange, String who) {
    if (exchange.is("POST", ACCOUNTS)) {
      opened(exchange);
      return true;
    }
    var key = exchange.part("POST", ACCOUNTS + "/*/key");
    if (key.isPresent()) {
      if (!exchange.isGood()) {
        draft.leaveOut(exchange, "a key for a sub-account");
      }
      return true;
    }
    var topped = exchange.part("POST", ACCOUNTS + "/*/top-ups");
    topped.ifPresent(id -> toppedUp(exchange, id));
    var task = exchange.part("POST", TASKS + "/*/continue");
    task.ifPresent(id -> continued(exchange, id, who));
    return List.of("freeze", "unfreeze", "cancel").stream().anyMatch(move -> moved(exchange, move))
        || topped.isPresent()
        || task.isPresent();
  }

  private void opened(Exchange exchange) {
    var by = cast.name(exchange.request().path("agent_id").asString(""));
    var purse = new Purse("purse_" + ++opened, by);
    write(exchange, purse, Json.object().put("as", purse.name()).put("by", by), 201);
    var id = exchange.answer().path("sub_account_id");
    if (id.isString()) {
      byId.put(id.stringValue(), purse);
      draft.name(id.stringValue(), purse.name() + "/sub_account_id");
    }
  }

  private void toppedUp(Exchange exchange, String id) {
    var purse = byId.get(id);
    var wish = exchange.request();
    if (purse == null) {
      draft.leaveOut(exchange, "a top-up");
      return;
    }
    if (exchange.isGood() && !booked.add(id + " " + wish.path("request_id").asString(""))) {
      // Sent again, and booked once.
      return;
    }
    var before = last;
    if (exchange.isGood()
        && before != null
        && draft.isLast(before)
        && isJustOpened(before, purse)) {
      money(wish, (ObjectNode) before.path("sub_account"));
      return;
    }
    var arguments = Json.object().put("as", purse.name()).put("by", purse.by()).put("do", "top_up");
    write(exchange, purse, money(wish, arguments), 200);
  }

  private static ObjectNode money(JsonNode wish, ObjectNode arguments) {
    arguments.set("amount", wish.path("amount"));
    if (!wish.path("from").asString("balance").equals("balance")) {
      arguments.set("from", wish.path("from"));
    }
    return arguments;
  }

  /** Opened, and nobody has been told to look since: then it is one step with the money. */
  private static boolean isJustOpened(ObjectNode step, Purse purse) {
    var arguments = step.path("sub_account");
    return arguments.path("as").asString("").equals(purse.name())
        && !arguments.has("do")
        && !arguments.has("amount")
        && !step.has("expect")
        && (arguments.has("looks") || !purse.by().equals(Cast.AGENT));
  }

  private boolean moved(Exchange exchange, String move) {
    var id = exchange.part("POST", ACCOUNTS + "/*/" + move);
    var purse = id.map(byId::get).orElse(null);
    if (purse != null) {
      var arguments = Json.object().put("as", purse.name()).put("by", purse.by());
      write(exchange, purse, arguments.put("do", move), 200);
    } else if (id.isPresent()) {
      draft.leaveOut(exchange, "a change of a sub-account");
    }
    return id.isPresent();
  }

  private void write(Exchange exchange, Purse purse, ObjectNode arguments, int usual) {
    if (exchange.code().equals("pin_wrong")) {
      arguments.put("pin", "000000");
    }
    if (purse.by().equals(Cast.AGENT)) {
      arguments.put("looks", false);
    }
    var step = draft.step(exchange.at(), "sub_account", arguments);
    exchange.expected(step, usual);
    last = step;
  }

  /** The newest task is told by the step that something happened to its account. */
  private void continued(Exchange exchange, String task, String who) {
    var mine = tasks.getOrDefault(who, List.of());
    int place = mine.size() - 1 - mine.lastIndexOf(task);
    if (place == mine.size() || !exchange.isGood()) {
      draft.leaveOut(exchange, "the word to look again at a task");
      return;
    }
    var before = last;
    if (place == 0
        && before != null
        && draft.isLast(before)
        && before.path("sub_account") instanceof ObjectNode arguments
        && arguments.has("looks")) {
      arguments.remove("looks");
      return;
    }
    var list = Json.object().put("method", "GET").put("path", TASKS).put("key", "principal");
    var name = draft.freshName("task");
    draft
        .step(exchange.at(), "call", list)
        .putObject("capture")
        .put(name, "/body/items/" + place + "/task_id");
    var call = Json.object().put("method", "POST").put("key", "principal");
    call.put("path", TASKS + "/${" + name + "}/continue").putObject("body");
    draft.step(exchange.at(), "call", call);
  }
}
