package org.actsandbox.scenarios.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was broken of the evidence on purpose, and healed. A record is another one when it is played
 * again, so it is called by its event and its order, or by its place among those.
 */
final class TamperingRecorder {

  private static final Set<String> OF_KEYS = Set.of("key_removed", "key_replaced", "key_postdated");

  private final ScriptDraft scriptDraft;
  private final OrderNames names;

  /** Those that a break has set, which will be set again by it. */
  private final Set<String> silences;

  private final Map<String, Kept> records = new HashMap<>();
  private final Map<String, String> open = new HashMap<>();
  private final Map<String, String> bySilence = new HashMap<>();
  private int breaks;
  private int captured;

  /** Gives a name to whatever order number stands in a text. */
  interface OrderNames {
    void nameWhatIsIn(String text);
  }

  private record Kept(String event, String orderNo) {}

  TamperingRecorder(ScriptDraft scriptDraft, OrderNames names, List<JsonNode> entries) {
    this.scriptDraft = scriptDraft;
    this.names = names;
    this.silences =
        entries.stream()
            .filter(entry -> entry.path("event").asString().equals("evidence-broken"))
            .map(entry -> entry.at("/data/fault_id").asString(""))
            .filter(id -> !id.isEmpty())
            .collect(Collectors.toSet());
  }

  /** Whether anything of it was broken. */
  boolean any() {
    return breaks > 0;
  }

  /** Whether it was the doing of a break; one that was ended by itself has healed the break. */
  boolean isSilence(JsonNode fault) {
    var id = fault.at("/data/fault_id").asString("");
    if (!silences.contains(id)) {
      return false;
    }
    if (fault.path("event").asString().equals("fault-removed")) {
      Optional.ofNullable(bySilence.remove(id)).ifPresent(broken -> heal(fault, broken));
    }
    return true;
  }

  /** Whether it was of this kind. */
  boolean read(JsonNode entry) {
    switch (entry.path("event").asString()) {
      case "record-anchored" -> anchored(entry);
      case "evidence-broken" -> broken(entry);
      case "evidence-healed" -> heal(entry, entry.at("/data/break_id").asString());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void anchored(JsonNode entry) {
    records.put(
        entry.at("/data/record_id").asString(),
        new Kept(
            entry.at("/data/attested_event").asString(), entry.at("/ids/order_no").asString("")));
  }

  private void broken(JsonNode entry) {
    var data = entry.path("data");
    var kind = data.path("kind").asString();
    var record = data.path("record_id").asString();
    var kept = records.get(record);
    var with = data.path("with").asString("");
    var other = records.get(with);
    if (kept == null || (other == null && !with.isEmpty())) {
      scriptDraft.leaveOut("a tampered record of a purchase outside the scenario: " + kind);
      return;
    }
    var order = Json.object().put("kind", kind);
    call(entry, order, record, kept);
    if (other != null) {
      names.nameWhatIsIn(other.orderNo());
      order.put("with_order", scriptDraft.withNames(other.orderNo()));
    }
    if (kind.equals("record_changed")) {
      order.set("field", data.path("place"));
    } else if (OF_KEYS.contains(kind)) {
      order.set("signer_id", data.path("place"));
    }
    var name = "broken_" + ++breaks;
    open.put(data.path("break_id").asString(), name);
    if (data.has("fault_id")) {
      bySilence.put(data.path("fault_id").asString(), data.path("break_id").asString());
    }
    scriptDraft.step(RecordedExchange.at(entry), "tamper", order.put("as", name));
  }

  private void call(JsonNode entry, ObjectNode order, String record, Kept kept) {
    int place = place(record, kept);
    names.nameWhatIsIn(kept.orderNo());
    var orderNo = scriptDraft.withNames(kept.orderNo());
    if (place == 0 && !orderNo.isEmpty()) {
      order.put("event", kept.event()).put("order", orderNo);
      return;
    }
    var name = "record_" + ++captured;
    var path = "/trust/records?event=" + kept.event();
    var call = Json.object().put("method", "GET").put("key", "operator");
    call.put("path", orderNo.isEmpty() ? path : path + "&order_no=" + orderNo);
    scriptDraft
        .step(RecordedExchange.at(entry), "call", call)
        .putObject("capture")
        .put(name, "/body/items/" + place + "/record_id");
    order.put("record", "${" + name + "}");
  }

  /** Records are listed by their ids: of an event, and of an order where there is one. */
  private int place(String record, Kept kept) {
    var like = new TreeSet<String>();
    records.forEach(
        (id, each) -> {
          if (each.event().equals(kept.event())
              && (kept.orderNo().isEmpty() || each.orderNo().equals(kept.orderNo()))) {
            like.add(id);
          }
        });
    return new ArrayList<>(like).indexOf(record);
  }

  private void heal(JsonNode entry, String breakId) {
    var name = open.remove(breakId);
    if (name != null) {
      scriptDraft.step(RecordedExchange.at(entry), "heal", Json.tree(name));
    }
  }
}
