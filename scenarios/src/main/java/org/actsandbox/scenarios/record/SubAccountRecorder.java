package org.actsandbox.scenarios.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.operation.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the sub-accounts that principals opened for agents as steps, and the orders to the demo
 * agent to look at its sub-account again. The player binds the key of an outside agent when it
 * opens the sub-account.
 */
final class SubAccountRecorder {

  private static final String TASKS = "/agents/demo-agent/tasks";

  private record SubAccount(String name, String by) {}

  private final ScriptDraft scriptDraft;
  private final SessionParticipants sessionParticipants;
  private final SessionOwners sessionOwners;
  private final Map<String, SubAccount> byId = new HashMap<>();
  private final Set<String> booked = new HashSet<>();
  private final Map<String, List<String>> tasks = new HashMap<>();
  private int opened;

  /** The last step that this recorder wrote. */
  private @Nullable ObjectNode lastStep;

  SubAccountRecorder(
      ScriptDraft scriptDraft,
      SessionParticipants sessionParticipants,
      SessionOwners sessionOwners) {
    this.scriptDraft = scriptDraft;
    this.sessionParticipants = sessionParticipants;
    this.sessionOwners = sessionOwners;
  }

  /** Returns the name of a sub-account in the file; null if no step opens it. */
  @Nullable String name(String subAccountId) {
    var subAccount = byId.get(subAccountId);
    return subAccount == null ? null : subAccount.name();
  }

  /** Notes a task that the demo agent accepted. */
  void noteTask(JsonNode decision) {
    var task = decision.at("/data/task_id");
    if (task.isString()) {
      tasks
          .computeIfAbsent(sessionOwners.ofConversation(decision), _ -> new ArrayList<>())
          .add(task.stringValue());
    }
  }

  /** Writes the step of an exchange; returns false if it is not about a sub-account or a task. */
  boolean read(RecordedExchange recordedExchange, String who) {
    if (recordedExchange.is(Operation.SUB_ACCOUNT_OPEN)) {
      writeOpening(recordedExchange);
      return true;
    }
    if (recordedExchange.is(Operation.SUB_ACCOUNT_KEY)) {
      if (!recordedExchange.isGood()) {
        scriptDraft.leaveOut(recordedExchange, "a key for a sub-account");
      }
      return true;
    }
    var topped = recordedExchange.id(Operation.SUB_ACCOUNT_TOP_UP);
    topped.ifPresent(id -> writeTopUp(recordedExchange, id));
    var task = recordedExchange.id(Operation.TASK_CONTINUE);
    task.ifPresent(id -> writeContinuation(recordedExchange, id, who));
    return List.of("freeze", "unfreeze", "cancel").stream()
            .anyMatch(move -> writeChange(recordedExchange, move))
        || topped.isPresent()
        || task.isPresent();
  }

  private void writeOpening(RecordedExchange recordedExchange) {
    var by = sessionParticipants.name(recordedExchange.request().path("agent_id").asString(""));
    if (by.isEmpty() || recordedExchange.code().equals("invalid_field")) {
      scriptDraft.leaveOut(recordedExchange, "a sub-account for an agent without a name");
      return;
    }
    var subAccount = new SubAccount("purse_" + ++opened, by);
    write(
        recordedExchange,
        subAccount,
        Json.object().put("as", subAccount.name()).put("by", by),
        201);
    var id = recordedExchange.answer().path("sub_account_id");
    if (id.isString()) {
      byId.put(id.stringValue(), subAccount);
      scriptDraft.name(id.stringValue(), subAccount.name() + "/sub_account_id");
    }
  }

  private void writeTopUp(RecordedExchange recordedExchange, String id) {
    var subAccount = byId.get(id);
    var request = recordedExchange.request();
    if (subAccount == null) {
      scriptDraft.leaveOut(recordedExchange, "a top-up");
      return;
    }
    if (recordedExchange.isGood()
        && !booked.add(id + " " + request.path("request_id").asString(""))) {
      // The request was repeated, and the money was booked only once.
      return;
    }
    var before = lastStep;
    if (recordedExchange.isGood()
        && before != null
        && scriptDraft.isLast(before)
        && isJustOpened(before, subAccount)) {
      withAmount(request, (ObjectNode) before.path("sub_account"));
      return;
    }
    var arguments =
        Json.object().put("as", subAccount.name()).put("by", subAccount.by()).put("do", "top_up");
    write(recordedExchange, subAccount, withAmount(request, arguments), 200);
  }

  private static ObjectNode withAmount(JsonNode request, ObjectNode arguments) {
    arguments.set("amount", request.path("amount"));
    if (!request.path("from").asString("balance").equals("balance")) {
      arguments.set("from", request.path("from"));
    }
    return arguments;
  }

  /**
   * Tells whether the step opened this sub-account and the agent has not looked at it since; the
   * first top-up then becomes part of that step.
   */
  private static boolean isJustOpened(ObjectNode step, SubAccount subAccount) {
    var arguments = step.path("sub_account");
    return arguments.path("as").asString("").equals(subAccount.name())
        && !arguments.has("do")
        && !arguments.has("amount")
        && !step.has("expect")
        && (arguments.has("looks") || !subAccount.by().equals(SessionParticipants.AGENT));
  }

  private boolean writeChange(RecordedExchange recordedExchange, String move) {
    var id =
        recordedExchange
            .id(Operation.SUB_ACCOUNT_MOVE)
            .filter(_ -> recordedExchange.pathWithoutQuery().endsWith("/" + move));
    var subAccount = id.map(byId::get).orElse(null);
    if (subAccount != null) {
      var arguments = Json.object().put("as", subAccount.name()).put("by", subAccount.by());
      write(recordedExchange, subAccount, arguments.put("do", move), 200);
    } else if (id.isPresent()) {
      scriptDraft.leaveOut(recordedExchange, "a change of a sub-account");
    }
    return id.isPresent();
  }

  private void write(
      RecordedExchange recordedExchange, SubAccount subAccount, ObjectNode arguments, int usual) {
    if (recordedExchange.code().equals("pin_wrong")) {
      arguments.put("pin", "000000");
    }
    if (subAccount.by().equals(SessionParticipants.AGENT)) {
      arguments.put("looks", false);
    }
    var step = scriptDraft.step(recordedExchange.at(), "sub_account", arguments);
    recordedExchange.addExpectation(step, usual);
    lastStep = step;
  }

  /**
   * Writes the order to continue a task; for the newest task it is part of the step that changed
   * the sub-account.
   */
  private void writeContinuation(RecordedExchange recordedExchange, String task, String who) {
    var mine = tasks.getOrDefault(who, List.of());
    int place = mine.size() - 1 - mine.lastIndexOf(task);
    if (place == mine.size() || !recordedExchange.isGood()) {
      scriptDraft.leaveOut(recordedExchange, "the word to look again at a task");
      return;
    }
    var before = lastStep;
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
