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
final class SubAccountRecorder {

  private static final String ACCOUNTS = "/psp/sub-accounts";
  private static final String TASKS = "/agents/demo-agent/tasks";

  private record Purse(String name, String by) {}

  private final ScriptDraft scriptDraft;
  private final SessionParticipants sessionParticipants;
  private final SessionOwners sessionOwners;
  private final Map<String, Purse> byId = new HashMap<>();
  private final Set<String> booked = new HashSet<>();
  private final Map<String, List<String>> tasks = new HashMap<>();
  private int opened;

  /** The last step here, which nothing has followed yet. */
  private @Nullable ObjectNode last;

  SubAccountRecorder(
      ScriptDraft scriptDraft,
      SessionParticipants sessionParticipants,
      SessionOwners sessionOwners) {
    this.scriptDraft = scriptDraft;
    this.sessionParticipants = sessionParticipants;
    this.sessionOwners = sessionOwners;
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
          .computeIfAbsent(sessionOwners.ofConversation(decision), _ -> new ArrayList<>())
          .add(task.stringValue());
    }
  }

  /** Whether it was one of these. */
  boolean read(RecordedExchange recordedExchange, String who) {
    if (recordedExchange.is("POST", ACCOUNTS)) {
      opened(recordedExchange);
      return true;
    }
    var key = recordedExchange.pathVariable("POST", ACCOUNTS + "/*/key");
    if (key.isPresent()) {
      if (!recordedExchange.isGood()) {
        scriptDraft.leaveOut(recordedExchange, "a key for a sub-account");
      }
      return true;
    }
    var topped = recordedExchange.pathVariable("POST", ACCOUNTS + "/*/top-ups");
    topped.ifPresent(id -> toppedUp(recordedExchange, id));
    var task = recordedExchange.pathVariable("POST", TASKS + "/*/continue");
    task.ifPresent(id -> continued(recordedExchange, id, who));
    return List.of("freeze", "unfreeze", "cancel").stream()
            .anyMatch(move -> moved(recordedExchange, move))
        || topped.isPresent()
        || task.isPresent();
  }

  private void opened(RecordedExchange recordedExchange) {
    var by = sessionParticipants.name(recordedExchange.request().path("agent_id").asString(""));
    var purse = new Purse("purse_" + ++opened, by);
    write(recordedExchange, purse, Json.object().put("as", purse.name()).put("by", by), 201);
    var id = recordedExchange.answer().path("sub_account_id");
    if (id.isString()) {
      byId.put(id.stringValue(), purse);
      scriptDraft.name(id.stringValue(), purse.name() + "/sub_account_id");
    }
  }

  private void toppedUp(RecordedExchange recordedExchange, String id) {
    var purse = byId.get(id);
    var wish = recordedExchange.request();
    if (purse == null) {
      scriptDraft.leaveOut(recordedExchange, "a top-up");
      return;
    }
    if (recordedExchange.isGood() && !booked.add(id + " " + wish.path("request_id").asString(""))) {
      // Sent again, and booked once.
      return;
    }
    var before = last;
    if (recordedExchange.isGood()
        && before != null
        && scriptDraft.isLast(before)
        && isJustOpened(before, purse)) {
      money(wish, (ObjectNode) before.path("sub_account"));
      return;
    }
    var arguments = Json.object().put("as", purse.name()).put("by", purse.by()).put("do", "top_up");
    write(recordedExchange, purse, money(wish, arguments), 200);
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
        && (arguments.has("looks") || !purse.by().equals(SessionParticipants.AGENT));
  }

  private boolean moved(RecordedExchange recordedExchange, String move) {
    var id = recordedExchange.pathVariable("POST", ACCOUNTS + "/*/" + move);
    var purse = id.map(byId::get).orElse(null);
    if (purse != null) {
      var arguments = Json.object().put("as", purse.name()).put("by", purse.by());
      write(recordedExchange, purse, arguments.put("do", move), 200);
    } else if (id.isPresent()) {
      scriptDraft.leaveOut(recordedExchange, "a change of a sub-account");
    }
    return id.isPresent();
  }

  private void write(
      RecordedExchange recordedExchange, Purse purse, ObjectNode arguments, int usual) {
    if (recordedExchange.code().equals("pin_wrong")) {
      arguments.put("pin", "000000");
    }
    if (purse.by().equals(SessionParticipants.AGENT)) {
      arguments.put("looks", false);
    }
    var step = scriptDraft.step(recordedExchange.at(), "sub_account", arguments);
    recordedExchange.expected(step, usual);
    last = step;
  }

  /** The newest task is told by the step that something happened to its account. */
  private void continued(RecordedExchange recordedExchange, String task, String who) {
    var mine = tasks.getOrDefault(who, List.of());
    int place = mine.size() - 1 - mine.lastIndexOf(task);
    if (place == mine.size() || !recordedExchange.isGood()) {
      scriptDraft.leaveOut(recordedExchange, "the word to look again at a task");
      return;
    }
    var before = last;
    if (place == 0
        && before != null
        && scriptDraft.isLast(before)
        && before.path("sub_account") instanceof ObjectNode arguments
        && arguments.has("looks")) {
      arguments.remove("looks");
      return;
    }
    var list = Json.object().put("method", "GET").put("path", TASKS).put("key", "principal");
    var name = scriptDraft.freshName("task");
    scriptDraft
        .step(recordedExchange.at(), "call", list)
        .putObject("capture")
        .put(name, "/body/items/" + place + "/task_id");
    var call = Json.object().put("method", "POST").put("key", "principal");
    call.put("path", TASKS + "/${" + name + "}/continue").putObject("body");
    scriptDraft.step(recordedExchange.at(), "call", call);
  }
}
