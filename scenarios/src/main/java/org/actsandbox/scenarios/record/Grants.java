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
final class Grants {

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
      return by.equals(Cast.AGENT);
    }

    /** Whether its principal is called that. */
    boolean isOf(String did) {
      return Exchange.name(did).equals(who.isEmpty() ? Exchange.FIRST : who);
    }
  }

  private final Draft draft;
  private final Cast cast;
  private final Breaks.OrderNames names;
  private final Map<String, Grant> byIntent = new HashMap<>();
  private final Map<String, Grant> byDelegation = new HashMap<>();
  private final Set<String> untold = new HashSet<>();

  /** What the world's own agent asked for and nobody has decided, by principal, oldest first. */
  private final Map<String, Deque<String>> waiting = new HashMap<>();

  /** What an outside agent asked for last, while nobody has decided. */
  private @Nullable ObjectNode last;

  Grants(Draft draft, Cast cast, Breaks.OrderNames names) {
    this.draft = draft;
    this.cast = cast;
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
  Optional<Grant> under(String delegationId) {
    return Optional.ofNullable(byDelegation.get(delegationId));
  }

  /** Whether it was one of these. */
  boolean read(Exchange exchange, String who) {
    if (exchange.is("POST", INTENTS)) {
      asked(exchange, who);
      return true;
    }
    var confirmed = exchange.part("POST", INTENTS + "/*/confirmation");
    confirmed.ifPresent(intent -> decided(exchange, intent, who));
    var moved = List.of("suspend", "resume", "revoke").stream();
    return moved.anyMatch(move -> moved(exchange, move)) || confirmed.isPresent();
  }

  private void asked(Exchange exchange, String who) {
    var isr = exchange.request().path("isr");
    var intentId = isr.path("intent_id").asString("");
    var mode = isr.path("delegation_mode").asString("");
    if (cast.isOwn(exchange)) {
      if (exchange.isGood()) {
        byIntent.computeIfAbsent(intentId, _ -> grant(Cast.AGENT, mode, who));
        var asked = waiting.computeIfAbsent(who, _ -> new ArrayDeque<>());
        asked.remove(intentId);
        asked.add(intentId);
        edges(isr, exchange.at());
      }
    } else if (exchange.from().equals(cast.agent())) {
      draft.leaveOut(exchange, "an authority drafted by hand");
    } else if (!isr.isObject() || BENT.contains(exchange.code())) {
      leaveOut(exchange, "a draft of an authority");
    } else {
      outside(exchange, isr, byIntent.computeIfAbsent(intentId, _ -> grant(exchange, mode, who)));
    }
  }

  private void outside(Exchange exchange, JsonNode isr, Grant grant) {
    var arguments = Json.object().put("as", grant.name()).put("by", exchange.from());
    Isr.tell(isr, "did:act:" + exchange.from(), exchange.at(), arguments);
    principal(exchange, arguments);
    var step = draft.step(exchange.at(), "delegate", arguments.put("until", "asked"));
    exchange.expected(step, 201);
    var status = exchange.answer().path("status").asString("");
    if (status.equals("waiting")) {
      last = step;
    } else if (exchange.isGood()) {
      step.putObject("expect").putObject("body").put("status", status);
    }
    draft.name(isr.path("intent_id").asString(""), grant.name() + "/intent_id");
    edges(isr, exchange.at());
  }

  /** Whom the draft names, where that is not whoever the step is of. */
  private void principal(Exchange exchange, ObjectNode arguments) {
    var named = exchange.request().path("principal_id");
    if (named.isString() && cast.who(named.stringValue()).isEmpty()) {
      arguments.withObject("/with").set("/principal_id", named);
    }
  }

  private void edges(JsonNode isr, Instant asked) {
    Stream.concat(Isr.begins(isr).stream(), Isr.ends(isr).stream())
        .filter(asked::isBefore)
        .forEach(draft::edge);
  }

  private void decided(Exchange exchange, String intentId, String who) {
    var grant = byIntent.get(intentId);
    var arguments = Json.object();
    if (grant == null || !isFound(grant, intentId, who, arguments.put("as", grant.name()))) {
      leaveOut(exchange, "a decision about an authority");
      untold.add(exchange.answer().path("delegation_id").asString(""));
      return;
    }
    decision(exchange, arguments);
    var asked = last;
    if (asked != null && grant.who().equals(who) && isAskedJustNow(asked, grant, exchange)) {
      // One step with what was asked for.
      var both = ((ObjectNode) asked.path("delegate"));
      both.remove("until");
      both.setAll(arguments);
      exchange.expected(asked, 200);
    } else {
      exchange.expected(draft.step(exchange.at(), "authorize", arguments), 200);
    }
    last = null;
    draft.name(intentId, grant.name() + "/intent_id");
    if (exchange.isGood()) {
      waiting.getOrDefault(who, new ArrayDeque<>()).remove(intentId);
    }
    var delegation = exchange.answer().path("delegation_id");
    if (delegation.isString()) {
      byDelegation.put(delegation.stringValue(), grant);
      draft.name(delegation.stringValue(), grant.name() + "/delegation_id");
    }
  }

  private boolean isAskedJustNow(ObjectNode asked, Grant grant, Exchange exchange) {
    return draft.isLast(asked)
        && !draft.isLater(exchange.at())
        && asked.at("/delegate/as").asString("").equals(grant.name())
        && asked.path("who").asString("").equals(grant.who());
  }

  private void decision(Exchange exchange, ObjectNode arguments) {
    var decision = exchange.request().path("decision").asString("APPROVE");
    if (!decision.equals("APPROVE")) {
      arguments.put("decision", decision);
    }
    if (exchange.code().equals("pin_wrong")) {
      arguments.put("pin", WRONG_PIN);
    } else if (exchange.code().equals("approval_mismatch")) {
      arguments.set("digest", exchange.request().path("digest"));
    }
    key(exchange, arguments);
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
    arguments.put("intent", draft.named(intentId));
    return !draft.named(intentId).equals(intentId);
  }

  private boolean moved(Exchange exchange, String move) {
    var id = exchange.part("POST", IACS + move);
    var grant = id.map(byDelegation::get).orElse(null);
    if (id.isPresent() && grant == null) {
      leaveOut(exchange, "a change of an authority");
    } else if (grant != null && !cast.isOwn(exchange)) {
      var arguments = Json.object().put("as", grant.name());
      if (exchange.request().path("reason").isString()) {
        arguments.set("reason", exchange.request().path("reason"));
      }
      if (exchange.code().equals("pin_wrong")) {
        arguments.put("pin", WRONG_PIN);
      }
      key(exchange, arguments);
      exchange.expected(draft.step(exchange.at(), move, arguments), 200);
    }
    return id.isPresent();
  }

  private void key(Exchange exchange, ObjectNode arguments) {
    var key = cast.key(exchange);
    if (!key.equals("principal")) {
      arguments.put("key", key.isEmpty() ? "none" : key);
    }
  }

  private Grant grant(Exchange exchange, String mode, String who) {
    return grant(exchange.from(), mode, who);
  }

  private Grant grant(String by, String mode, String who) {
    return new Grant("authority_" + (byIntent.size() + 1), by, mode, who);
  }

  private void leaveOut(Exchange exchange, String what) {
    draft.leaveOut(exchange, what);
  }
}
