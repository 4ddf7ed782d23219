package org.actsandbox.scenarios.record;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.operation.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the authorities that agents requested, and the decisions of their principals, as steps. A
 * draft is signed with a key that only the agent has, and a decision with a PIN that the journal
 * masks, so both are written as the verbs that make the same messages.
 */
final class AuthorityRecorder {

  private static final Map<Operation, String> CHANGES =
      Map.of(Operation.PAUSE, "suspend", Operation.RESUME, "resume", Operation.REVOKE, "revoke");

  private static final String WRONG_PIN = "000000";

  /** Refusals of messages that were changed, sent late or twice, or signed with another key. */
  private static final Set<String> HOSTILE_REFUSALS =
      Set.of(
          "signature_invalid",
          "expired_request",
          "unknown_agent",
          "duplicate_request",
          "invalid_field");

  /**
   * Represents an authority that an agent requested.
   *
   * @param name the name of the authority in the file
   * @param by the agent's name in files
   * @param mode the delegation mode
   * @param who the name of the principal; empty for the first principal
   */
  record RequestedAuthority(String name, String by, String mode, String who) {

    boolean isOwn() {
      return by.equals(SessionParticipants.AGENT);
    }

    /** Tells whether this is the DID of the authority's principal. */
    boolean isOf(String did) {
      return RecordedExchange.name(did).equals(who.isEmpty() ? RecordedExchange.FIRST : who);
    }
  }

  private final ScriptDraft scriptDraft;
  private final SessionParticipants sessionParticipants;
  private final IdNames idNames;
  private final Map<String, RequestedAuthority> byIntent = new HashMap<>();
  private final Map<String, RequestedAuthority> byDelegation = new HashMap<>();
  private final Set<String> excludedDelegations = new HashSet<>();

  /**
   * Intent ids that the demo agent requested and that are not decided, by principal, oldest first.
   */
  private final Map<String, Deque<String>> waiting = new HashMap<>();

  /** The step with the last request of an outside agent, until it is decided. */
  private @Nullable ObjectNode lastRequest;

  AuthorityRecorder(
      ScriptDraft scriptDraft, SessionParticipants sessionParticipants, IdNames idNames) {
    this.scriptDraft = scriptDraft;
    this.sessionParticipants = sessionParticipants;
    this.idNames = idNames;
  }

  boolean hasAuthorities() {
    return !byIntent.isEmpty();
  }

  /** Returns the ids of delegations that no step of the file makes. */
  Set<String> excludedDelegations() {
    return excludedDelegations;
  }

  /** Returns the authority that a payment names; empty if it is not recorded. */
  Optional<RequestedAuthority> findByDelegation(String delegationId) {
    return Optional.ofNullable(byDelegation.get(delegationId));
  }

  /** Writes the step of an exchange; returns false if it is not about an authority. */
  boolean read(RecordedExchange recordedExchange, String who) {
    if (recordedExchange.is(Operation.DRAFT)) {
      readRequest(recordedExchange, who);
      return true;
    }
    var confirmed = recordedExchange.id(Operation.AUTHORITY);
    confirmed.ifPresent(intent -> writeDecision(recordedExchange, intent, who));
    var changes = CHANGES.entrySet().stream();
    return changes.anyMatch(
            change -> writeChange(recordedExchange, change.getKey(), change.getValue()))
        || confirmed.isPresent();
  }

  private void readRequest(RecordedExchange recordedExchange, String who) {
    var isr = recordedExchange.request().path("isr");
    var intentId = isr.path("intent_id").asString("");
    var mode = isr.path("delegation_mode").asString("");
    if (sessionParticipants.isOwn(recordedExchange)) {
      if (recordedExchange.isGood()) {
        byIntent.computeIfAbsent(intentId, _ -> newAuthority(SessionParticipants.AGENT, mode, who));
        var asked = waiting.computeIfAbsent(who, _ -> new ArrayDeque<>());
        asked.remove(intentId);
        asked.add(intentId);
        noteValidity(isr, recordedExchange.at());
      }
    } else if (recordedExchange.from().equals(sessionParticipants.agent())) {
      scriptDraft.leaveOut(recordedExchange, "an authority drafted by hand");
    } else if (!isr.isObject() || HOSTILE_REFUSALS.contains(recordedExchange.code())) {
      leaveOut(recordedExchange, "a draft of an authority");
    } else {
      writeRequest(
          recordedExchange,
          isr,
          byIntent.computeIfAbsent(intentId, _ -> newAuthority(recordedExchange, mode, who)));
    }
  }

  private void writeRequest(
      RecordedExchange recordedExchange, JsonNode isr, RequestedAuthority authority) {
    var arguments = Json.object().put("as", authority.name()).put("by", recordedExchange.from());
    DelegateArguments.write(
        isr, "did:act:" + recordedExchange.from(), recordedExchange.at(), arguments);
    addPrincipal(recordedExchange, arguments);
    var step = scriptDraft.step(recordedExchange.at(), "delegate", arguments.put("until", "asked"));
    recordedExchange.addExpectation(step, 201);
    var status = recordedExchange.answer().path("status").asString("");
    if (status.equals("waiting")) {
      lastRequest = step;
    } else if (recordedExchange.isGood()) {
      step.putObject("expect").putObject("body").put("status", status);
    }
    scriptDraft.name(isr.path("intent_id").asString(""), authority.name() + "/intent_id");
    noteValidity(isr, recordedExchange.at());
  }

  /** Writes the principal that the draft names, if the world has no such principal. */
  private void addPrincipal(RecordedExchange recordedExchange, ObjectNode arguments) {
    var named = recordedExchange.request().path("principal_id");
    if (named.isString() && sessionParticipants.who(named.stringValue()).isEmpty()) {
      arguments.withObject("/with").set("/principal_id", named);
    }
  }

  private void noteValidity(JsonNode isr, Instant asked) {
    Stream.concat(DelegateArguments.begins(isr).stream(), DelegateArguments.ends(isr).stream())
        .filter(asked::isBefore)
        .forEach(scriptDraft::addTimeLimit);
  }

  private void writeDecision(RecordedExchange recordedExchange, String intentId, String who) {
    var authority = byIntent.get(intentId);
    var arguments = Json.object();
    if (authority == null
        || !isFound(authority, intentId, who, arguments.put("as", authority.name()))) {
      leaveOut(recordedExchange, "a decision about an authority");
      excludedDelegations.add(recordedExchange.answer().path("delegation_id").asString(""));
      return;
    }
    addDecision(recordedExchange, arguments);
    var asked = lastRequest;
    if (asked != null
        && authority.who().equals(who)
        && isAskedJustNow(asked, authority, recordedExchange)) {
      // The request and the decision become one step.
      var both = ((ObjectNode) asked.path("delegate"));
      both.remove("until");
      both.setAll(arguments);
      recordedExchange.addExpectation(asked, 200);
    } else {
      recordedExchange.addExpectation(
          scriptDraft.step(recordedExchange.at(), "authorize", arguments), 200);
    }
    lastRequest = null;
    scriptDraft.name(intentId, authority.name() + "/intent_id");
    if (recordedExchange.isGood()) {
      waiting.getOrDefault(who, new ArrayDeque<>()).remove(intentId);
    }
    var delegation = recordedExchange.answer().path("delegation_id");
    if (delegation.isString()) {
      byDelegation.put(delegation.stringValue(), authority);
      scriptDraft.name(delegation.stringValue(), authority.name() + "/delegation_id");
    }
  }

  private boolean isAskedJustNow(
      ObjectNode asked, RequestedAuthority authority, RecordedExchange recordedExchange) {
    return scriptDraft.isLast(asked)
        && !scriptDraft.isLater(recordedExchange.at())
        && asked.at("/delegate/as").asString("").equals(authority.name())
        && asked.path("who").asString("").equals(authority.who());
  }

  private void addDecision(RecordedExchange recordedExchange, ObjectNode arguments) {
    var decision = recordedExchange.request().path("decision").asString("APPROVE");
    if (!decision.equals("APPROVE")) {
      arguments.put("decision", decision);
    }
    if (recordedExchange.code().equals("pin_wrong")) {
      arguments.put("pin", WRONG_PIN);
    } else if (recordedExchange.code().equals("approval_mismatch")) {
      arguments.set("digest", recordedExchange.request().path("digest"));
    }
    addKey(recordedExchange, arguments);
  }

  /**
   * Tells whether a step can find the authority: that of an outside agent by its name, that of the
   * demo agent because it is the last one or by its intent id.
   */
  private boolean isFound(
      RequestedAuthority authority, String intentId, String who, ObjectNode arguments) {
    if (!authority.isOwn()) {
      return true;
    }
    if (!authority.who().equals(who)) {
      return false;
    }
    var lastWaiting = waiting.getOrDefault(who, new ArrayDeque<>()).peekLast();
    if (intentId.equals(lastWaiting)) {
      return true;
    }
    idNames.nameIdsIn(intentId);
    arguments.put("intent", scriptDraft.withNames(intentId));
    return !scriptDraft.withNames(intentId).equals(intentId);
  }

  private boolean writeChange(RecordedExchange recordedExchange, Operation operation, String move) {
    var id = recordedExchange.id(operation);
    var authority = id.map(byDelegation::get).orElse(null);
    if (id.isPresent() && authority == null) {
      leaveOut(recordedExchange, "a change of an authority");
    } else if (authority != null && !sessionParticipants.isOwn(recordedExchange)) {
      var arguments = Json.object().put("as", authority.name());
      if (recordedExchange.request().path("reason").isString()) {
        arguments.set("reason", recordedExchange.request().path("reason"));
      }
      if (recordedExchange.code().equals("pin_wrong")) {
        arguments.put("pin", WRONG_PIN);
      }
      addKey(recordedExchange, arguments);
      recordedExchange.addExpectation(
          scriptDraft.step(recordedExchange.at(), move, arguments), 200);
    }
    return id.isPresent();
  }

  private void addKey(RecordedExchange recordedExchange, ObjectNode arguments) {
    var key = sessionParticipants.key(recordedExchange);
    if (!key.equals("principal")) {
      arguments.put("key", key.isEmpty() ? "none" : key);
    }
  }

  private RequestedAuthority newAuthority(
      RecordedExchange recordedExchange, String mode, String who) {
    return newAuthority(recordedExchange.from(), mode, who);
  }

  private RequestedAuthority newAuthority(String by, String mode, String who) {
    return new RequestedAuthority("authority_" + (byIntent.size() + 1), by, mode, who);
  }

  private void leaveOut(RecordedExchange recordedExchange, String what) {
    scriptDraft.leaveOut(recordedExchange, what);
  }
}
