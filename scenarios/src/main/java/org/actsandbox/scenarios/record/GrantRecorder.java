package org.actsandbox.scenarios.record;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Authority that agents asked for, and what their principals made of it. A draft is signed with a
 * key nobody else has and a decision with a PIN the journal masks, so both are written as the verbs
 * that make the same ones.
 */
final class GrantRecorder {

  private static final String INTENTS = "/delegations/intents";
  private static final String IACS = "/delegations/iacs/*/";
  private static final String WRONG_PIN = "000000";

  /** Refusals of messages that were bent, sent late, or signed by somebody else. */
  private static final Set<String> BENT =
      Set.of("signature_invalid", "expired_request", "unknown_agent", "duplicate_request");

  /**
   * One that was asked for.
   *
   * @param by the agent, as files call it
   * @param who asked for it: the principal's name
   */
  record Grant(String name, String by, String mode, String who) {

    boolean isOwn() {
      return by.equals(SessionParticipants.AGENT);
    }

    /** Whether its principal is called that. */
    boolean isOf(String did) {
      return RecordedExchange.name(did).equals(who.isEmpty() ? RecordedExchange.FIRST : who);
    }
  }

  private final ScriptDraft scriptDraft;
  private final SessionParticipants sessionParticipants;
  private final TamperingRecorder.OrderNames names;
  private final Map<String, Grant> byIntent = new HashMap<>();
  private final Map<String, Grant> byDelegation = new HashMap<>();
  private final Set<String> untold = new HashSet<>();

  /** What the world's own agent asked for and nobody has decided, by principal, oldest first. */
  private final Map<String, Deque<String>> waiting = new HashMap<>();

  /** What an outside agent asked for last, while nobody has decided. */
  private @Nullable ObjectNode last;

  GrantRecorder(
      ScriptDraft scriptDraft,
      SessionParticipants sessionParticipants,
      TamperingRecorder.OrderNames names) {
    this.scriptDraft = scriptDraft;
    this.sessionParticipants = sessionParticipants;
    this.names = names;
  }

  boolean any() {
    return !byIntent.isEmpty();
  }

  /** Delegations that no step of the file makes. */
  Set<String> untold() {
    return untold;
  }

  /** The one a payment says it rests on. */
  Optional<Grant> findByDelegation(String delegationId) {
    return Optional.ofNullable(byDelegation.get(delegationId));
  }

  /** Whether it was one of these. */
  boolean read(RecordedExchange recordedExchange, String who) {
    if (recordedExchange.is("POST", INTENTS)) {
      asked(recordedExchange, who);
      return true;
    }
    var confirmed = recordedExchange.pathVariable("POST", INTENTS + "/*/confirmation");
    confirmed.ifPresent(intent -> decided(recordedExchange, intent, who));
    var moved = List.of("suspend", "resume", "revoke").stream();
    return moved.anyMatch(move -> moved(recordedExchange, move)) || confirmed.isPresent();
  }

  private void asked(RecordedExchange recordedExchange, String who) {
    var isr = recordedExchange.request().path("isr");
    var intentId = isr.path("intent_id").asString("");
    var mode = isr.path("delegation_mode").asString("");
    if (sessionParticipants.isOwn(recordedExchange)) {
      if (recordedExchange.isGood()) {
        byIntent.computeIfAbsent(intentId, _ -> grant(SessionParticipants.AGENT, mode, who));
        var asked = waiting.computeIfAbsent(who, _ -> new ArrayDeque<>());
        asked.remove(intentId);
        asked.add(intentId);
        edges(isr, recordedExchange.at());
      }
    } else if (recordedExchange.from().equals(sessionParticipants.agent())) {
      scriptDraft.leaveOut(recordedExchange, "an authority drafted by hand");
    } else if (!isr.isObject() || BENT.contains(recordedExchange.code())) {
      leaveOut(recordedExchange, "a draft of an authority");
    } else {
      outside(
          recordedExchange,
          isr,
          byIntent.computeIfAbsent(intentId, _ -> grant(recordedExchange, mode, who)));
    }
  }

  private void outside(RecordedExchange recordedExchange, JsonNode isr, Grant grant) {
    var arguments = Json.object().put("as", grant.name()).put("by", recordedExchange.from());
    DelegateArguments.write(
        isr, "did:act:" + recordedExchange.from(), recordedExchange.at(), arguments);
    principal(recordedExchange, arguments);
    var step = scriptDraft.step(recordedExchange.at(), "delegate", arguments.put("until", "asked"));
    recordedExchange.expected(step, 201);
    var status = recordedExchange.answer().path("status").asString("");
    if (status.equals("waiting")) {
      last = step;
    } else if (recordedExchange.isGood()) {
      step.putObject("expect").putObject("body").put("status", status);
    }
    scriptDraft.name(isr.path("intent_id").asString(""), grant.name() + "/intent_id");
    edges(isr, recordedExchange.at());
  }

  /** Whom the draft names, where that is not whoever the step is of. */
  private void principal(RecordedExchange recordedExchange, ObjectNode arguments) {
    var named = recordedExchange.request().path("principal_id");
    if (named.isString() && sessionParticipants.who(named.stringValue()).isEmpty()) {
      arguments.withObject("/with").set("/principal_id", named);
    }
  }

  private void edges(JsonNode isr, Instant asked) {
    Stream.concat(DelegateArguments.begins(isr).stream(), DelegateArguments.ends(isr).stream())
        .filter(asked::isBefore)
        .forEach(scriptDraft::edge);
  }

  private void decided(RecordedExchange recordedExchange, String intentId, String who) {
    var grant = byIntent.get(intentId);
    var arguments = Json.object();
    if (grant == null || !isFound(grant, intentId, who, arguments.put("as", grant.name()))) {
      leaveOut(recordedExchange, "a decision about an authority");
      untold.add(recordedExchange.answer().path("delegation_id").asString(""));
      return;
    }
    decision(recordedExchange, arguments);
    var asked = last;
    if (asked != null
        && grant.who().equals(who)
        && isAskedJustNow(asked, grant, recordedExchange)) {
      // One step with what was asked for.
      var both = ((ObjectNode) asked.path("delegate"));
      both.remove("until");
      both.setAll(arguments);
      recordedExchange.expected(asked, 200);
    } else {
      recordedExchange.expected(
          scriptDraft.step(recordedExchange.at(), "authorize", arguments), 200);
    }
    last = null;
    scriptDraft.name(intentId, grant.name() + "/intent_id");
    if (recordedExchange.isGood()) {
      waiting.getOrDefault(who, new ArrayDeque<>()).remove(intentId);
    }
    var delegation = recordedExchange.answer().path("delegation_id");
    if (delegation.isString()) {
      byDelegation.put(delegation.stringValue(), grant);
      scriptDraft.name(delegation.stringValue(), grant.name() + "/delegation_id");
    }
  }

  private boolean isAskedJustNow(ObjectNode asked, Grant grant, RecordedExchange recordedExchange) {
    return scriptDraft.isLast(asked)
        && !scriptDraft.isLater(recordedExchange.at())
        && asked.at("/delegate/as").asString("").equals(grant.name())
        && asked.path("who").asString("").equals(grant.who());
  }

  private void decision(RecordedExchange recordedExchange, ObjectNode arguments) {
    var decision = recordedExchange.request().path("decision").asString("APPROVE");
    if (!decision.equals("APPROVE")) {
      arguments.put("decision", decision);
    }
    if (recordedExchange.code().equals("pin_wrong")) {
      arguments.put("pin", WRONG_PIN);
    } else if (recordedExchange.code().equals("approval_mismatch")) {
      arguments.set("digest", recordedExchange.request().path("digest"));
    }
    key(recordedExchange, arguments);
  }

  /** An outside agent's is known by its name; of the own agent's the last one, or by its id. */
  private boolean isFound(Grant grant, String intentId, String who, ObjectNode arguments) {
    if (!grant.isOwn()) {
      return true;
    }
    if (!grant.who().equals(who)) {
      return false;
    }
    var last = waiting.getOrDefault(who, new ArrayDeque<>()).peekLast();
    if (intentId.equals(last)) {
      return true;
    }
    names.nameWhatIsIn(intentId);
    arguments.put("intent", scriptDraft.withNames(intentId));
    return !scriptDraft.withNames(intentId).equals(intentId);
  }

  private boolean moved(RecordedExchange recordedExchange, String move) {
    var id = recordedExchange.pathVariable("POST", IACS + move);
    var grant = id.map(byDelegation::get).orElse(null);
    if (id.isPresent() && grant == null) {
      leaveOut(recordedExchange, "a change of an authority");
    } else if (grant != null && !sessionParticipants.isOwn(recordedExchange)) {
      var arguments = Json.object().put("as", grant.name());
      if (recordedExchange.request().path("reason").isString()) {
        arguments.set("reason", recordedExchange.request().path("reason"));
      }
      if (recordedExchange.code().equals("pin_wrong")) {
        arguments.put("pin", WRONG_PIN);
      }
      key(recordedExchange, arguments);
      recordedExchange.expected(scriptDraft.step(recordedExchange.at(), move, arguments), 200);
    }
    return id.isPresent();
  }

  private void key(RecordedExchange recordedExchange, ObjectNode arguments) {
    var key = sessionParticipants.key(recordedExchange);
    if (!key.equals("principal")) {
      arguments.put("key", key.isEmpty() ? "none" : key);
    }
  }

  private Grant grant(RecordedExchange recordedExchange, String mode, String who) {
    return grant(recordedExchange.from(), mode, who);
  }

  private Grant grant(String by, String mode, String who) {
    return new Grant("authority_" + (byIntent.size() + 1), by, mode, who);
  }

  private void leaveOut(RecordedExchange recordedExchange, String what) {
    scriptDraft.leaveOut(recordedExchange, what);
  }
}
