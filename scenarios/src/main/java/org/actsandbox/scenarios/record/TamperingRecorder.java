package org.actsandbox.scenarios.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what was broken of the evidence on purpose, and healed, as steps. Records have other ids
 * when the file is played, so a record is named by its event and its order, or by its place among
 * the records of these.
 */
final class TamperingRecorder {

  private static final Set<String> KEY_BREAKS =
      Set.of("key_removed", "key_replaced", "key_postdated");

  private final ScriptDraft scriptDraft;
  private final IdNames idNames;

  /** Ids of faults that a break has set; the same break sets them again when the file is played. */
  private final Set<String> faultsOfBreaks;

  private final Map<String, RecordKey> records = new HashMap<>();
  private final Map<String, String> open = new HashMap<>();
  private final Map<String, String> breakByFault = new HashMap<>();
  private int breaks;
  private int captured;

  private record RecordKey(String event, String orderNo) {}

  TamperingRecorder(ScriptDraft scriptDraft, IdNames idNames, List<JsonNode> entries) {
    this.scriptDraft = scriptDraft;
    this.idNames = idNames;
    this.faultsOfBreaks =
        entries.stream()
            .filter(entry -> JournalEvent.EVIDENCE_BROKEN.is(entry.path("event").asString()))
            .map(entry -> entry.at("/data/fault_id").asString(""))
            .filter(id -> !id.isEmpty())
            .collect(Collectors.toSet());
  }

  /** Tells whether any evidence was broken. */
  boolean hasBreaks() {
    return breaks > 0;
  }

  /**
   * Tells whether a fault belongs to a break. If such a fault was removed on its own, this also
   * writes that the break was healed.
   */
  boolean isFaultOfBreak(JsonNode fault) {
    var id = fault.at("/data/fault_id").asString("");
    if (!faultsOfBreaks.contains(id)) {
      return false;
    }
    if (JournalEvent.FAULT_REMOVED.is(fault.path("event").asString())) {
      Optional.ofNullable(breakByFault.remove(id)).ifPresent(broken -> writeHealing(fault, broken));
    }
    return true;
  }

  /** Reads a journal entry; returns false if it is not about records or breaks. */
  boolean read(JsonNode entry) {
    switch (JournalEvent.find(entry.path("event").asString()).orElse(null)) {
      case RECORD_ANCHORED -> noteRecord(entry);
      case EVIDENCE_BROKEN -> writeBreak(entry);
      case EVIDENCE_HEALED -> writeHealing(entry, entry.at("/data/break_id").asString());
      case null, default -> {
        return false;
      }
    }
    return true;
  }

  private void noteRecord(JsonNode entry) {
    records.put(
        entry.at("/data/record_id").asString(),
        new RecordKey(
            entry.at("/data/attested_event").asString(), entry.at("/ids/order_no").asString("")));
  }

  private void writeBreak(JsonNode entry) {
    var data = entry.path("data");
    var kind = data.path("kind").asString();
    var record = data.path("record_id").asString();
    var recordKey = records.get(record);
    var with = data.path("with").asString("");
    var other = records.get(with);
    if (recordKey == null || (other == null && !with.isEmpty())) {
      scriptDraft.leaveOut("a tampered record of a purchase outside the scenario: " + kind);
      return;
    }
    var order = Json.object().put("kind", kind);
    addRecord(entry, order, record, recordKey);
    if (other != null) {
      idNames.nameIdsIn(other.orderNo());
      order.put("with_order", scriptDraft.withNames(other.orderNo()));
    }
    if (kind.equals("record_changed")) {
      order.set("field", data.path("place"));
    } else if (KEY_BREAKS.contains(kind)) {
      order.set("signer_id", data.path("place"));
    }
    var name = "broken_" + ++breaks;
    open.put(data.path("break_id").asString(), name);
    if (data.has("fault_id")) {
      breakByFault.put(data.path("fault_id").asString(), data.path("break_id").asString());
    }
    scriptDraft.step(RecordedExchange.at(entry), "tamper", order.put("as", name));
  }

  private void addRecord(JsonNode entry, ObjectNode order, String record, RecordKey recordKey) {
    int place = place(record, recordKey);
    idNames.nameIdsIn(recordKey.orderNo());
    var orderNo = scriptDraft.withNames(recordKey.orderNo());
    if (place == 0 && !orderNo.isEmpty()) {
      order.put("event", recordKey.event()).put("order", orderNo);
      return;
    }
    var name = "record_" + ++captured;
    var path = "/trust/records?event=" + recordKey.event();
    var call = Json.object().put("method", "GET").put("key", "operator");
    call.put("path", orderNo.isEmpty() ? path : path + "&order_no=" + orderNo);
    scriptDraft
        .step(RecordedExchange.at(entry), "call", call)
        .putObject("capture")
        .put(name, "/body/items/" + place + "/record_id");
    order.put("record", "${" + name + "}");
  }

  /**
   * Returns the place of a record in the list that the target sorts by id, among the records of its
   * event and, if it has one, its order.
   */
  private int place(String record, RecordKey recordKey) {
    var like = new TreeSet<String>();
    records.forEach(
        (id, each) -> {
          if (each.event().equals(recordKey.event())
              && (recordKey.orderNo().isEmpty() || each.orderNo().equals(recordKey.orderNo()))) {
            like.add(id);
          }
        });
    return new ArrayList<>(like).indexOf(record);
  }

  private void writeHealing(JsonNode entry, String breakId) {
    var name = open.remove(breakId);
    if (name != null) {
      scriptDraft.step(RecordedExchange.at(entry), "heal", Json.tree(name));
    }
  }
}
