package org.actsandbox.scenarios.record;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.operation.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a journal and writes what people and agents did in it as steps. What participants did by
 * themselves happens again when the steps are played.
 */
final class StepRecorder {

  private static final String MASK = "***";
  private static final String WRONG_PIN = "000000";

  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

  /** The services that call others by themselves, and so do it again when the steps are played. */
  private static final Set<String> SERVICES = Set.of("sandbox-pay", "sandbox-delegations");

  /** Addresses at which participants call each other; they do so again by themselves. */
  private static final List<String> INTERNAL_PATHS =
      List.of("/psp/fulfilments", "/psp/proofs", "/psp/refunds", "/merchants/", "/trust/");

  private final ScriptDraft scriptDraft;
  private final SessionParticipants sessionParticipants;
  private final SessionOwners sessionOwners;
  private final Map<String, List<String>> outcomes;
  private final Map<String, AgentSessionRecorder> sessions = new LinkedHashMap<>();
  private final AuthorityRecorder authorityRecorder;
  private final SubAccountRecorder subAccountRecorder;
  private final OutsidePurchaseRecorder purchases;
  private final DemoAgentPayments demoAgentPayments;
  private final TamperingRecorder tamperingRecorder;
  private final DisputeRecorder disputeRecorder;
  private final Instant start;
  private final Map<String, String> faults = new HashMap<>();

  /**
   * Reads all entries.
   *
   * @param sessionParticipants the agents and principals of the world
   * @param sessionOwners finds the principal of each entry
   * @param outcomes the outcomes of each conversation in order
   */
  StepRecorder(
      List<JsonNode> entries,
      SessionParticipants sessionParticipants,
      SessionOwners sessionOwners,
      Map<String, List<String>> outcomes) {
    this.sessionParticipants = sessionParticipants;
    this.sessionOwners = sessionOwners;
    this.outcomes = outcomes;
    this.start = start(entries);
    this.scriptDraft = new ScriptDraft(start, isStopped(entries));
    this.authorityRecorder =
        new AuthorityRecorder(scriptDraft, sessionParticipants, this::nameIdsIn);
    this.subAccountRecorder =
        new SubAccountRecorder(scriptDraft, sessionParticipants, sessionOwners);
    this.purchases =
        new OutsidePurchaseRecorder(scriptDraft, authorityRecorder, subAccountRecorder);
    this.demoAgentPayments = new DemoAgentPayments(scriptDraft, sessionParticipants);
    this.tamperingRecorder = new TamperingRecorder(scriptDraft, this::nameIdsIn, entries);
    this.disputeRecorder = new DisputeRecorder(scriptDraft, this::nameIdsIn);
    entries.forEach(this::read);
  }

  /** Returns the time of the clock before the first step. */
  Instant start() {
    return start;
  }

  ArrayNode steps() {
    return scriptDraft.steps();
  }

  /**
   * Tells whether evidence was disputed or tampered with, so that the file must state its
   * verification.
   */
  boolean isAboutEvidence() {
    return tamperingRecorder.hasBreaks() || disputeRecorder.hasDisputes();
  }

  /** Returns the ids of delegations that no step of the file makes. */
  Set<String> excludedDelegations() {
    return authorityRecorder.excludedDelegations();
  }

  /** Tells whether an agent requested authority, so that the file must state the delegations. */
  boolean isAboutAuthority() {
    return authorityRecorder.hasAuthorities();
  }

  /** Returns descriptions of what could not be written as steps. */
  List<String> leftOut() {
    return scriptDraft.leftOut();
  }

  private AgentSessionRecorder session(String who) {
    return sessions.computeIfAbsent(
        who, _ -> new AgentSessionRecorder(scriptDraft, sessionParticipants, outcomes));
  }

  private void read(JsonNode entry) {
    scriptDraft.actFor("");
    switch (entry.path("kind").asString()) {
      case "EXCHANGE" -> RecordedExchange.of(entry).ifPresent(this::exchange);
      case "CLOCK" -> clock(entry);
      case "FAULT" -> fault(entry);
      case "STATE" -> state(entry);
      case "DECISION" -> decision(entry);
      default -> {
        // Refusals follow from the requests.
      }
    }
  }

  private void exchange(RecordedExchange recordedExchange) {
    var who = sessionOwners.of(recordedExchange);
    scriptDraft.actFor(who);
    demoAgentPayments.note(recordedExchange, who);
    if (!authorityRecorder.read(recordedExchange, who)
        && !subAccountRecorder.read(recordedExchange, who)
        && !session(who).read(recordedExchange)
        && !purchases.read(recordedExchange)
        && !disputeRecorder.read(recordedExchange)) {
      writeCall(recordedExchange);
    }
  }

  private void clock(JsonNode entry) {
    var to = Instant.parse(entry.at("/data/to").asString());
    if (JournalEvent.CLOCK_ADVANCED.is(entry.path("event").asString())) {
      scriptDraft.advanceByOrder(to);
    } else {
      scriptDraft.setClock(to, isStandstill(entry));
    }
  }

  private void fault(JsonNode entry) {
    if (tamperingRecorder.isFaultOfBreak(entry)) {
      return;
    }
    var fault = entry.at("/data/fault");
    var id = entry.at("/data/fault_id").asString();
    switch (JournalEvent.find(entry.path("event").asString()).orElse(null)) {
      case FAULT_ADDED, FAULT_ENABLED -> {
        if (fault.path("enabled").asBoolean(true)) {
          var name = "fault_" + (faults.size() + 1);
          faults.put(id, name);
          scriptDraft.step(RecordedExchange.at(entry), "fault", order(fault).put("as", name));
        }
      }
      case FAULT_REMOVED, FAULT_DISABLED -> {
        if (faults.containsKey(id)) {
          scriptDraft.step(RecordedExchange.at(entry), "clear", Json.tree(faults.remove(id)));
        }
      }
      case null, default -> {
        var participant = RecordedExchange.name(entry.path("actor").asString());
        sessions.values().forEach(session -> session.noteFault(participant));
      }
    }
  }

  private void decision(JsonNode decision) {
    subAccountRecorder.noteTask(decision);
    var session = session(sessionOwners.ofConversation(decision));
    if (JournalEvent.AUTHORITY_ASKED.is(decision.path("event").asString(""))) {
      session.noteAuthorityRequest(decision.at("/ids/intent_id").asString(""));
    }
    for (var platform : decision.at("/data/left_out")) {
      if (platform.path("code").asString().equals("too_slow")) {
        session.noteTimeout(platform.path("platform").asString());
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
    if (tamperingRecorder.read(entry)) {
      return;
    }
    if (isDelegatedAction(entry)) {
      scriptDraft.noteUnattended(RecordedExchange.at(entry));
    }
    if (JournalEvent.DISPUTE_OPENED.is(event)) {
      disputeRecorder.noteOpened(entry);
    } else if (JournalEvent.STATEMENT_RECEIVED.is(event)
        && purchases.isBuyer(RecordedExchange.name(entry.path("actor").asString()))) {
      disputeRecorder.writeStatement(entry);
    } else if (JournalEvent.DISTURBED.is(event)) {
      var order = Json.object();
      order.put("merchant", RecordedExchange.name(entry.path("actor").asString()));
      entry.at("/data/order").properties().stream()
          .filter(field -> !field.getValue().isNull())
          .forEach(field -> order.set(field.getKey(), field.getValue()));
      scriptDraft.step(RecordedExchange.at(entry), "disturb", order);
    } else if (JournalEvent.PAYMENT_STATE_CHANGED.is(event)
        && entry.at("/data/status").asString().equals("timed_out")) {
      timedOut(entry);
    }
  }

  /** Tells whether the agent acted under a delegation, which it does without an order. */
  private boolean isDelegatedAction(JsonNode entry) {
    return RecordedExchange.name(entry.path("actor").asString(""))
            .equals(sessionParticipants.agent())
        && entry.at("/ids/delegation_id").isString();
  }

  private void timedOut(JsonNode entry) {
    for (var each : sessions.entrySet()) {
      scriptDraft.actFor(each.getKey());
      if (each.getValue()
          .timedOut(entry.at("/ids/trade_no").asString(), RecordedExchange.at(entry))) {
        return;
      }
    }
  }

  /** Writes any other request with a role key as a call: refunds, instruments, preferences. */
  private void writeCall(RecordedExchange recordedExchange) {
    var key = sessionParticipants.key(recordedExchange);
    if (!WRITES.contains(recordedExchange.method())
        || key.isEmpty()
        || isInternal(recordedExchange)) {
      return;
    }
    boolean wrongPin = recordedExchange.code().equals("pin_wrong");
    var body = withPin(recordedExchange.request(), wrongPin);
    if (body.has("signature_content")
        || body.toString().contains(MASK)
        || scriptDraft.mentionsLeftOutId(recordedExchange.path() + body)
        || !(recordedExchange.isGood() || wrongPin)) {
      scriptDraft.leaveOut(
          recordedExchange, recordedExchange.method() + " " + recordedExchange.pathWithoutQuery());
      return;
    }
    nameIdsIn(recordedExchange.path() + body);
    var call = Json.object().put("method", recordedExchange.method());
    call.put("path", scriptDraft.withNames(recordedExchange.path())).put("key", key);
    if (!body.isMissingNode()) {
      call.set("body", scriptDraft.withNames(body));
    }
    var step = scriptDraft.step(recordedExchange.at(), "call", call);
    if (wrongPin) {
      recordedExchange.addExpectation(step, 200);
    }
  }

  /** Replaces a PIN that the journal masks; the answer says whether it was the right one. */
  private static JsonNode withPin(JsonNode body, boolean isWrong) {
    if (!body.path("pin").asString("").equals(MASK)) {
      return body;
    }
    var unmasked =
        ((ObjectNode) body.deepCopy()).put("pin", isWrong ? WRONG_PIN : PurchaseClient.DEMO_PIN);
    if (isWrong && unmasked.has("new_pin")) {
      unmasked.put("new_pin", PurchaseClient.DEMO_PIN);
    }
    return unmasked;
  }

  private void nameIdsIn(String text) {
    sessions.values().forEach(session -> session.nameIdsIn(text));
    purchases.nameIdsIn(text);
    demoAgentPayments.nameIdsIn(text);
  }

  private static boolean isInternal(RecordedExchange recordedExchange) {
    return SERVICES.contains(recordedExchange.from())
        // It changes nothing.
        || recordedExchange.is(Operation.VERIFICATION)
        || (recordedExchange.data().path("role").asString("").equals("merchant")
            && INTERNAL_PATHS.stream().anyMatch(recordedExchange.pathWithoutQuery()::startsWith)
            && !recordedExchange
                .pathWithoutQuery()
                .startsWith("/merchants/" + recordedExchange.from() + "/"));
  }

  private static Instant start(List<JsonNode> entries) {
    var first = entries.stream().findFirst();
    return first
        .map(
            entry ->
                isClock(entry)
                    ? Instant.parse(entry.at("/data/from").asString())
                    : RecordedExchange.at(entry))
        .orElse(Instant.EPOCH);
  }

  /**
   * Tells whether the clock stood still before its first order: in a world with a running clock no
   * two entries have the same time.
   */
  private static boolean isStopped(List<JsonNode> entries) {
    var first = entries.stream().filter(StepRecorder::isClock).findFirst();
    var before =
        entries.stream().takeWhile(entry -> !isClock(entry)).map(RecordedExchange::at).toList();
    return before.size() < 2
        ? first.map(StepRecorder::isStandstill).orElse(false)
        : before.stream().distinct().count() == 1;
  }

  private static boolean isClock(JsonNode entry) {
    return entry.path("kind").asString().equals("CLOCK");
  }

  private static boolean isStandstill(JsonNode entry) {
    return entry.at("/data/mode").asString().equalsIgnoreCase("stopped");
  }
}
