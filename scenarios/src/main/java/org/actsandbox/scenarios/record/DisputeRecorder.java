package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.operation.Operation;
import tools.jackson.databind.JsonNode;

/**
 * Writes the claims of principals about orders as steps. A claim is signed with a PIN, which the
 * journal masks, so it is written as the verb that makes the same claim.
 */
final class DisputeRecorder {

  /** Refusals that an honest claim meets again when the file is played. */
  private static final Set<String> REPEATABLE_REFUSALS =
      Set.of("pin_wrong", "pin_locked", "dispute_open", "dispute_not_allowed");

  private final ScriptDraft scriptDraft;
  private final IdNames idNames;
  private final Map<String, String> open = new HashMap<>();
  private int claims;

  DisputeRecorder(ScriptDraft scriptDraft, IdNames idNames) {
    this.scriptDraft = scriptDraft;
    this.idNames = idNames;
  }

  boolean hasDisputes() {
    return claims > 0;
  }

  /** Writes the step of an exchange; returns false if it is neither a claim nor a withdrawal. */
  boolean read(RecordedExchange recordedExchange) {
    if (!recordedExchange.isByPrincipal()) {
      return false;
    }
    if (recordedExchange.is(Operation.CLAIM)) {
      writeClaim(recordedExchange);
      return true;
    }
    var withdrawn = recordedExchange.id(Operation.CLAIM_WITHDRAWN);
    withdrawn.map(open::get).ifPresent(name -> writeWithdrawal(recordedExchange, name));
    return withdrawn.isPresent();
  }

  /**
   * Leaves out a dispute that the operator opened, because the operator's claim is no message of
   * the world.
   */
  void noteOpened(JsonNode entry) {
    if (entry.at("/data/by").asString().equals("operator")) {
      scriptDraft.leaveOut("a dispute that the operator opened");
    }
  }

  /**
   * Writes the statement of an outside agent without its text, which the journal does not have and
   * which decides nothing. The other parties are asked again when the file is played.
   */
  void writeStatement(JsonNode entry) {
    var name = open.get(entry.at("/data/dispute_id").asString(""));
    var party = RecordedExchange.name(entry.at("/data/party").asString(""));
    if (name == null || !entry.at("/data/records").isEmpty()) {
      scriptDraft.leaveOut("a statement of %s in a dispute".formatted(party));
      return;
    }
    var arguments = Json.object().put("as", name).put("do", "answer").put("by", party);
    scriptDraft.step(RecordedExchange.at(entry), "dispute", arguments);
  }

  private void writeClaim(RecordedExchange recordedExchange) {
    var code = recordedExchange.code();
    if (!recordedExchange.isGood()
        && !recordedExchange.isLost()
        && !REPEATABLE_REFUSALS.contains(code)) {
      scriptDraft.leaveOut("a claim that was refused: " + code);
      return;
    }
    var claim = recordedExchange.request();
    var orderNo = claim.path("order_no").asString("");
    idNames.nameIdsIn(orderNo);
    var name = "complaint_" + ++claims;
    var arguments = Json.object().put("as", name).put("order_no", scriptDraft.withNames(orderNo));
    arguments.set("kind", claim.path("kind"));
    arguments.set("says", claim.path("description"));
    if (claim.path("expected_amount").isString()) {
      arguments.set("expected", claim.path("expected_amount"));
    }
    if (claim.path("merchant").isString()) {
      arguments.putObject("with").set("/merchant", claim.path("merchant"));
    }
    if (code.equals("pin_wrong")) {
      arguments.put("pin", "000000");
    }
    var expect = scriptDraft.step(recordedExchange.at(), "dispute", arguments).putObject("expect");
    if (recordedExchange.isLost()) {
      expect.put("unanswered", true);
      return;
    }
    expect.put("status", recordedExchange.status());
    if (!code.isEmpty()) {
      expect.put("code", code);
    }
    var id = recordedExchange.answer().path("dispute_id");
    if (id.isString()) {
      open.put(id.stringValue(), name);
      scriptDraft.name(id.stringValue(), name + "/dispute_id");
    }
  }

  private void writeWithdrawal(RecordedExchange recordedExchange, String name) {
    if (recordedExchange.isGood()) {
      scriptDraft.step(
          recordedExchange.at(), "dispute", Json.object().put("as", name).put("do", "withdraw"));
    } else {
      scriptDraft.leaveOut("a withdrawal that was refused: " + recordedExchange.code());
    }
  }
}
