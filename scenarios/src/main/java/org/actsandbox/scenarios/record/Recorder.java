package org.actsandbox.scenarios.record;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a journal and writes down what people and agents did in it, as steps. What participants did
 * of themselves follows again when the steps are played.
 */
final class Recorder {

  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

  /** Between participants; they do it again by themselves. */
  private static final List<String> OWN =
      List.of("/psp/fulfilments", "/psp/proofs", "/psp/refunds", "/merchants/", "/trust/");

  private final Draft draft;
  private final Owners owners;
  private final Map<String, List<String>> stops;
  private final Map<String, AgentSession> sessions = new LinkedHashMap<>();
  private final OutsideDeals deals;
  private final Breaks breaks;
  private final Complaints complaints;
  private final Instant start;
  private final Map<String, String> faults = new HashMap<>();

  /**
   * @param owners whose is what of these entries
   * @param stops where each conversation came to rest, in order
   */
  Recorder(List<JsonNode> entries, Owners owners, Map<String, List<String>> stops) {
    this.owners = owners;
    this.stops = stops;
    this.start = start(entries);
    this.draft = new Draft(start, isStopped(entries));
    this.deals = new OutsideDeals(draft);
    this.breaks = new Breaks(draft, this::nameWhatIsIn, entries);
    this.complaints = new Complaints(draft, this::nameWhatIsIn);
    entries.forEach(this::read);
  }

  /** Where the clock stands before the first step. */
  Instant start() {
    return start;
  }

  ArrayNode steps() {
    return draft.steps();
  }

  /**
   * Whether evidence was called for, or tampered with: then what it comes to is part of the end.
   */
  boolean isAboutEvidence() {
    return breaks.any() || complaints.any();
  }

  /** What happened and could not be written down. */
  List<String> leftOut() {
    return draft.leftOut();
  }

  private AgentSession session(String who) {
    return sessions.computeIfAbsent(who, _ -> new AgentSession(draft, stops));
  }

  private void read(JsonNode entry) {
    draft.actFor("");
    switch (entry.path("kind").asString()) {
      case "EXCHANGE" -> Exchange.of(entry).ifPresent(this::exchange);
      case "CLOCK" -> clock(entry);
      case "FAULT" -> fault(entry);
      case "STATE" -> state(entry);
      case "DECISION" -> leftOut(entry);
      default -> {
        // Refusals follow from what was done.
      }
    }
  }

  private void exchange(Exchange exchange) {
    var who = owners.of(exchange);
    draft.actFor(who);
    if (!session(who).read(exchange) && !deals.read(exchange) && !complaints.read(exchange)) {
      other(exchange);
    }
  }

  private void clock(JsonNode entry) {
    var to = Instant.parse(entry.at("/data/to").asString());
    if (entry.path("event").asString().equals("clock-advanced")) {
      draft.advance(to);
    } else {
      draft.setClock(to, isStandstill(entry));
    }
  }

  private void fault(JsonNode entry) {
    if (breaks.isSilence(entry)) {
      return;
    }
    var fault = entry.at("/data/fault");
    var id = entry.at("/data/fault_id").asString();
    switch (entry.path("event").asString()) {
      case "fault-added", "fault-enabled" -> {
        if (fault.path("enabled").asBoolean(true)) {
          var name = "fault_" + (faults.size() + 1);
          faults.put(id, name);
          draft.step(Exchange.at(entry), "fault", order(fault).put("as", name));
        }
      }
      case "fault-removed", "fault-disabled" -> {
        if (faults.containsKey(id)) {
          draft.step(Exchange.at(entry), "clear", Json.tree(faults.remove(id)));
        }
      }
      default -> {
        var participant = Exchange.name(entry.path("actor").asString());
        sessions.values().forEach(session -> session.troubled(participant));
      }
    }
  }

  private void leftOut(JsonNode decision) {
    var session = session(owners.ofConversation(decision));
    for (var platform : decision.at("/data/left_out")) {
      if (platform.path("code").asString().equals("too_slow")) {
        session.inVain(platform.path("platform").asString());
      }
    }
  }

  private static ObjectNode order(JsonNode fault) {
    var order = Json.object();
    for (var field : List.of("name", "participant", "operation")) {
      order.set(field, fault.path(field));
    }
    if (fault.path("probability").asDouble(1) < 1) {
      order.set("probability", fault.path("probability"));
    }
    if (fault.path("after").asLong(0) > 0) {
      order.set("after", fault.path("after"));
    }
    if (fault.path("count").isNumber()) {
      order.set("count", fault.path("count"));
    }
    if (!fault.path("parameters").isEmpty()) {
      order.set("parameters", fault.path("parameters"));
    }
    return order;
  }

  private void state(JsonNode entry) {
    var event = entry.path("event").asString();
    if (breaks.read(entry)) {
      return;
    }
    if (event.equals("dispute-opened")) {
      complaints.opened(entry);
    } else if (event.equals("disturbed")) {
      var order = Json.object();
      order.put("merchant", Exchange.name(entry.path("actor").asString()));
      entry.at("/data/order").properties().stream()
          .filter(field -> !field.getValue().isNull())
          .forEach(field -> order.set(field.getKey(), field.getValue()));
      draft.step(Exchange.at(entry), "disturb", order);
    } else if (event.equals("payment-state-changed")
        && entry.at("/data/status").asString().equals("timed_out")) {
      timedOut(entry);
    }
  }

  private void timedOut(JsonNode entry) {
    for (var each : sessions.entrySet()) {
      draft.actFor(each.getKey());
      if (each.getValue().timedOut(entry.at("/ids/trade_no").asString(), Exchange.at(entry))) {
        return;
      }
    }
  }

  /** Anything else that was done with somebody's key: refunds, instruments, delegations. */
  private void other(Exchange exchange) {
    var key = key(exchange);
    if (!WRITES.contains(exchange.method()) || key.isEmpty() || isOwn(exchange)) {
      return;
    }
    var body = exchange.request();
    if (body.has("signature_content") || body.toString().contains("***") || !exchange.isGood()) {
      draft.leaveOut(
          "%s %s of %s, answered %d"
              .formatted(exchange.method(), exchange.bare(), exchange.from(), exchange.status()));
      return;
    }
    nameWhatIsIn(exchange.path() + body);
    var call = Json.object().put("method", exchange.method());
    call.put("path", draft.named(exchange.path())).put("key", key);
    if (!body.isMissingNode()) {
      call.set("body", draft.named(body));
    }
    draft.step(exchange.at(), "call", call);
  }

  private void nameWhatIsIn(String text) {
    sessions.values().forEach(session -> session.nameWhatIsIn(text));
    deals.nameWhatIsIn(text);
  }

  private static String key(Exchange exchange) {
    var role = exchange.data().path("role").asString("");
    return switch (role) {
      case "principal", "operator" -> role;
      case "agent" ->
          exchange.from().equals(AgentSession.AGENT) ? role : role + ":" + exchange.from();
      case "merchant" -> role + ":" + exchange.from();
      default -> "";
    };
  }

  private static boolean isOwn(Exchange exchange) {
    return exchange.from().equals("sandbox-pay")
        || (exchange.data().path("role").asString("").equals("merchant")
            && OWN.stream().anyMatch(exchange.bare()::startsWith)
            && !exchange.bare().startsWith("/merchants/" + exchange.from() + "/"));
  }

  private static Instant start(List<JsonNode> entries) {
    var first = entries.stream().findFirst();
    return first
        .map(
            entry ->
                isClock(entry)
                    ? Instant.parse(entry.at("/data/from").asString())
                    : Exchange.at(entry))
        .orElse(Instant.EPOCH);
  }

  /** Before anybody touched the clock: did it stand? In a world that runs no two moments agree. */
  private static boolean isStopped(List<JsonNode> entries) {
    var first = entries.stream().filter(Recorder::isClock).findFirst();
    var before = entries.stream().takeWhile(entry -> !isClock(entry)).map(Exchange::at).toList();
    return before.size() < 2
        ? first.map(Recorder::isStandstill).orElse(false)
        : before.stream().distinct().count() == 1;
  }

  private static boolean isClock(JsonNode entry) {
    return entry.path("kind").asString().equals("CLOCK");
  }

  private static boolean isStandstill(JsonNode entry) {
    return entry.at("/data/mode").asString().equalsIgnoreCase("stopped");
  }
}
