package org.actsandbox.scenarios.record;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Buyer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a journal and writes down what people and agents did in it, as steps. What participants did
 * of themselves follows again when the steps are played.
 */
final class Recorder {

  private static final String MASK = "***";
  private static final String WRONG_PIN = "000000";

  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

  /** Between participants; they do it again by themselves. */
  private static final List<String> OWN =
      List.of("/psp/fulfilments", "/psp/proofs", "/psp/refunds", "/merchants/", "/trust/");

  private final Draft draft;
  private final Cast cast;
  private final Owners owners;
  private final Map<String, List<String>> stops;
  private final Map<String, AgentSession> sessions = new LinkedHashMap<>();
  private final Grants grants;
  private final Purses purses;
  private final OutsideDeals deals;
  private final Payments payments;
  private final Breaks breaks;
  private final Complaints complaints;
  private final Instant start;
  private final Map<String, String> faults = new HashMap<>();

  /**
   * @param cast who is whose in the world
   * @param owners whose is what of these entries
   * @param stops where each conversation came to rest, in order
   */
  Recorder(List<JsonNode> entries, Cast cast, Owners owners, Map<String, List<String>> stops) {
    this.cast = cast;
    this.owners = owners;
    this.stops = stops;
    this.start = start(entries);
    this.draft = new Draft(start, isStopped(entries));
    this.grants = new Grants(draft, cast, this::nameWhatIsIn);
    this.purses = new Purses(draft, cast, owners);
    this.deals = new OutsideDeals(draft, grants, purses);
    this.payments = new Payments(draft, cast);
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

  /** Delegations that came of what could not be written down. */
  Set<String> untold() {
    return grants.untold();
  }

  /** Whether anybody was to buy while nobody is looking: then what became of it is, too. */
  boolean isAboutAuthority() {
    return grants.any();
  }

  /** What happened and could not be written down. */
  List<String> leftOut() {
    return draft.leftOut();
  }

  private AgentSession session(String who) {
    return sessions.computeIfAbsent(who, _ -> new AgentSession(draft, cast, stops));
  }

  private void read(JsonNode entry) {
    draft.actFor("");
    switch (entry.path("kind").asString()) {
      case "EXCHANGE" -> Exchange.of(entry).ifPresent(this::exchange);
      case "CLOCK" -> clock(entry);
      case "FAULT" -> fault(entry);
      case "STATE" -> state(entry);
      case "DECISION" -> decision(entry);
      default -> {
        // Refusals follow from what was done.
      }
    }
  }

  private void exchange(Exchange exchange) {
    var who = owners.of(exchange);
    draft.actFor(who);
    payments.note(exchange, who);
    if (!grants.read(exchange, who)
        && !purses.read(exchange, who)
        && !session(who).read(exchange)
        && !deals.read(exchange)
        && !complaints.read(exchange)) {
      other(exchange);
    }
  }

  private void clock(JsonNode entry) {
    var to = Instant.parse(entry.at("/data/to").asString());
    if (entry.path("event").asString().equals("clock-advanced")) {
      draft.ordered(to);
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

  private void decision(JsonNode decision) {
    purses.asked(decision);
    var session = session(owners.ofConversation(decision));
    if (decision.path("event").asString("").equals("authority-asked")) {
      session.asked(decision.at("/ids/intent_id").asString(""));
    }
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
    if (isOwnDoing(entry)) {
      draft.passed(Exchange.at(entry));
    }
    if (event.equals("dispute-opened")) {
      complaints.opened(entry);
    } else if (event.equals("statement-received")
        && deals.isBuyer(Exchange.name(entry.path("actor").asString()))) {
      complaints.stated(entry);
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

  /** What the agent does under a delegation nobody has told it to do at that moment. */
  private boolean isOwnDoing(JsonNode entry) {
    return Exchange.name(entry.path("actor").asString("")).equals(cast.agent())
        && entry.at("/ids/delegation_id").isString();
  }

  private void timedOut(JsonNode entry) {
    for (var each : sessions.entrySet()) {
      draft.actFor(each.getKey());
      if (each.getValue().timedOut(entry.at("/ids/trade_no").asString(), Exchange.at(entry))) {
        return;
      }
    }
  }

  /** Anything else that was done with somebody's key: refunds, instruments, preferences. */
  private void other(Exchange exchange) {
    var key = cast.key(exchange);
    if (!WRITES.contains(exchange.method()) || key.isEmpty() || isOwn(exchange)) {
      return;
    }
    boolean wrongPin = exchange.code().equals("pin_wrong");
    var body = withPin(exchange.request(), wrongPin);
    if (body.has("signature_content")
        || body.toString().contains(MASK)
        || draft.isLost(exchange.path() + body)
        || !(exchange.isGood() || wrongPin)) {
      draft.leaveOut(exchange, exchange.method() + " " + exchange.bare());
      return;
    }
    nameWhatIsIn(exchange.path() + body);
    var call = Json.object().put("method", exchange.method());
    call.put("path", draft.named(exchange.path())).put("key", key);
    if (!body.isMissingNode()) {
      call.set("body", draft.named(body));
    }
    var step = draft.step(exchange.at(), "call", call);
    if (wrongPin) {
      exchange.expected(step, 200);
    }
  }

  /** The journal masks PINs; what was said about one tells whether it was the right one. */
  private static JsonNode withPin(JsonNode body, boolean isWrong) {
    if (!body.path("pin").asString("").equals(MASK)) {
      return body;
    }
    var said = ((ObjectNode) body.deepCopy()).put("pin", isWrong ? WRONG_PIN : Buyer.DEMO_PIN);
    if (isWrong && said.has("new_pin")) {
      said.put("new_pin", Buyer.DEMO_PIN);
    }
    return said;
  }

  private void nameWhatIsIn(String text) {
    sessions.values().forEach(session -> session.nameWhatIsIn(text));
    deals.nameWhatIsIn(text);
    payments.nameWhatIsIn(text);
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
