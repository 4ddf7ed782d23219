package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * What a principal said is wrong with an order. The claim is signed with a PIN, which the journal
 * masks, so it is written as the verb that makes the same one.
 */
final class DisputeRecorder {

  private static final String PATH = "/trust/disputes";

  /** What an honest claim meets again. */
  private static final Set<String> NATURAL =
      Set.of("pin_wrong", "pin_locked", "dispute_open", "dispute_not_allowed");

  private final ScriptDraft scriptDraft;
  private final TamperingRecorder.OrderNames names;
  private final Map<String, String> open = new HashMap<>();
  private int complaints;

  DisputeRecorder(ScriptDraft scriptDraft, TamperingRecorder.OrderNames names) {
    this.scriptDraft = scriptDraft;
    this.names = names;
  }

  boolean any() {
    return complaints > 0;
  }

  /** Whether it was one of these. */
  boolean read(RecordedExchange recordedExchange) {
    if (!recordedExchange.isByPrincipal()) {
      return false;
    }
    if (recordedExchange.is("POST", PATH)) {
      claimed(recordedExchange);
      return true;
    }
    var withdrawn = recordedExchange.pathVariable("POST", PATH + "/*/withdraw");
    withdrawn.map(open::get).ifPresent(name -> withdrew(recordedExchange, name));
    return withdrawn.isPresent();
  }

  /** The operator's own are in no message of the world. */
  void opened(JsonNode entry) {
    if (entry.at("/data/by").asString().equals("operator")) {
      scriptDraft.leaveOut("a dispute that the operator opened");
    }
  }

  /**
   * An agent from outside has told its side; what it said is no message of the world, and decides
   * nothing. The others are asked and tell theirs again.
   */
  void stated(JsonNode entry) {
    var name = open.get(entry.at("/data/dispute_id").asString(""));
    var party = RecordedExchange.name(entry.at("/data/party").asString(""));
    if (name == null || !entry.at("/data/records").isEmpty()) {
      scriptDraft.leaveOut("a statement of %s in a dispute".formatted(party));
      return;
    }
    var arguments = Json.object().put("as", name).put("do", "answer").put("by", party);
    scriptDraft.step(RecordedExchange.at(entry), "dispute", arguments);
  }

  private void claimed(RecordedExchange recordedExchange) {
    var code = recordedExchange.code();
    if (!recordedExchange.isGood() && !recordedExchange.isLost() && !NATURAL.contains(code)) {
      scriptDraft.leaveOut("a claim that was refused: " + code);
      return;
    }
    var claim = recordedExchange.request();
    var orderNo = claim.path("order_no").asString("");
    names.nameWhatIsIn(orderNo);
    var name = "complaint_" + ++complaints;
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

  private void withdrew(RecordedExchange recordedExchange, String name) {
    if (recordedExchange.isGood()) {
      scriptDraft.step(
          recordedExchange.at(), "dispute", Json.object().put("as", name).put("do", "withdraw"));
    } else {
      scriptDraft.leaveOut("a withdrawal that was refused: " + recordedExchange.code());
    }
  }
}
