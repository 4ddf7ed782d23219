package org.actsandbox.scenarios.engine;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Authority;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an agent may do while nobody is looking: asked for, given, paused and taken back. */
final class AuthorityActions {

  /** The demo agent's, newest first. */
  static final String TASKS = "/agents/demo-agent/tasks";

  private AuthorityActions() {}

  /**
   * The agent asks, the principal reads what it would permit and confirms with the PIN. Ends early
   * where questions are open.
   */
  static ObjectNode delegate(Stage stage, JsonNode arguments) {
    var grant = grant(stage, arguments, "authority");
    var buyer = buyer(stage, grant, arguments);
    var authority = stage.authority(buyer);
    var draft =
        authority.draft(Isrs.of(arguments, grant.intentId(), buyer.agent().agentId(), stage.now()));
    stage.sayPrincipal(draft);
    Edits.apply(arguments.path("with"), draft);
    var signed = buyer.signed(draft);
    Edits.apply(arguments.path("tamper"), signed);
    var asked = Answers.to(() -> authority.sendDraft(signed));
    grant.learn("intent_id", asked.at("/body/intent_id"));
    grant.learn("questions", asked.at("/body/open_questions"));
    asked.set("questions", asked.at("/body/open_questions"));
    boolean waits = asked.at("/body/status").asString("").equals("waiting");
    if (!waits || arguments.path("until").asString("confirmed").equals("asked")) {
      return asked;
    }
    return confirmed(stage, grant, authority, arguments);
  }

  /** The principal decides about what an agent asked for. */
  static ObjectNode authorize(Stage stage, JsonNode arguments) {
    var grant = stage.grant(arguments.path("as").asString("authority"), Stage.DEMO_AGENT);
    var buyer = stage.buyer(grant.agent());
    if (arguments.has("intent")) {
      grant.learn("intent_id", arguments.path("intent"));
    } else if (grant.agent().equals(Stage.DEMO_AGENT)) {
      grant.learn("intent_id", askedLast(stage, buyer));
    }
    return confirmed(stage, grant, stage.authority(buyer), arguments);
  }

  private static JsonNode askedLast(Stage stage, Buyer demoAgent) {
    return stage
        .principal("/delegations/intents")
        .path("items")
        .valueStream()
        .filter(intent -> intent.path("agent_id").asString("").equals(demoAgent.agent().agentId()))
        .filter(intent -> intent.path("status").asString("").equals("waiting"))
        .findFirst()
        .orElseThrow(() -> new CannotPlay("the demo agent has asked for no authority"))
        .path("intent_id");
  }

  private static ObjectNode confirmed(
      Stage stage, Grant grant, Authority authority, JsonNode arguments) {
    var intentId = grant.needText("intent_id", Verb.DELEGATE);
    var decision = arguments.path("decision").asString("APPROVE");
    var shown = authority.confirmation(intentId, stage.target().keys().principal()).json();
    var answer = Json.object().put("decision", decision);
    answer.put("digest", arguments.path("digest").asString(shown.path("digest").asString("")));
    if (decision.equals("APPROVE")) {
      answer.put("pin", arguments.path("pin").asString(Buyer.DEMO_PIN));
    }
    var key = stage.key(arguments.path("key").asString("principal"));
    var decided = Answers.to(() -> authority.decide(intentId, answer, key));
    if (decided.at("/body/delegation_id").isString()) {
      learn(grant, authority, decided.at("/body/delegation_id"));
    }
    for (var field : new String[] {"delegation_id", "mode", "ends"}) {
      if (grant.known().has(field)) {
        decided.set(field, grant.known().path(field));
      }
    }
    return decided;
  }

  private static void learn(Grant grant, Authority authority, JsonNode delegationId) {
    var id = delegationId.stringValue();
    var view = authority.delegation(id).json();
    grant.learn("delegation_id", delegationId);
    grant.learn("iac", authority.credential(id).json().path("iac"));
    grant.learn("principal_id", view.at("/payload/delegator_identity"));
    grant.learn("mode", view.path("mode"));
    grant.learn("ends", view.at("/payload/validity_end_time"));
  }

  static ObjectNode move(Stage stage, JsonNode arguments, Verb verb) {
    var grant = stage.existingGrant(arguments.path("as").asString("authority"));
    var authority = stage.authority(buyer(stage, grant, arguments));
    var id = grant.needText("delegation_id", Verb.DELEGATE);
    var reason = Json.object();
    if (arguments.has("reason")) {
      reason.set("reason", arguments.path("reason"));
    }
    if (verb == Verb.RESUME) {
      reason.put("pin", arguments.path("pin").asString(Buyer.DEMO_PIN));
    }
    var key = stage.key(arguments.path("key").asString("principal"));
    var result = Answers.to(() -> authority.move(id, verb.code(), reason, key));
    result.set("state", result.at("/body/state"));
    return result;
  }

  /** Time passes to the end of validity, and nothing else is done about it. */
  static ObjectNode expire(Stage stage, JsonNode arguments) {
    var grant = stage.existingGrant(arguments.path("as").asString("authority"));
    var end = grant.needText("ends", Verb.DELEGATE);
    var result = WorldActions.advance(stage, Json.object().put("to", end));
    var authority = stage.authority(buyer(stage, grant, arguments));
    var view = authority.delegation(grant.needText("delegation_id", Verb.DELEGATE)).json();
    result.set("state", view.path("state"));
    return result;
  }

  /** Opened, with the agent's key bound and money on it; or changed. */
  static ObjectNode subAccount(Stage stage, JsonNode arguments) {
    var grant = grant(stage, arguments, "purse");
    var result = subAccount(stage, grant, arguments);
    if (grant.agent().equals(Stage.DEMO_AGENT) && arguments.path("looks").asBoolean(true)) {
      looksAgain(stage);
    }
    return result;
  }

  /** Nobody tells the demo agent of its account: it looks when its principal says so. */
  private static void looksAgain(Stage stage) {
    var tasks = stage.principal(TASKS).path("items");
    if (!tasks.isEmpty()) {
      var path = TASKS + "/" + tasks.get(0).path("task_id").asString() + "/continue";
      stage.client().post(stage.at(path), stage.target().keys().principal(), Json.object());
    }
  }

  private static ObjectNode subAccount(Stage stage, Grant grant, JsonNode arguments) {
    var authority = stage.authority(buyer(stage, grant, arguments));
    var move = arguments.path("do").asString("open");
    var pin = arguments.path("pin").asString(Buyer.DEMO_PIN);
    if (move.equals("open")) {
      var opened = Answers.to(() -> authority.openSubAccount(pin));
      grant.learn("sub_account_id", opened.at("/body/sub_account_id"));
      if (opened.path("status").asInt() != 201) {
        return opened;
      }
      if (!grant.agent().equals(Stage.DEMO_AGENT)) {
        // The demo agent has a key service of its own.
        Answers.to(() -> authority.bindKey(id(grant)));
      }
      return arguments.has("amount")
          ? toppedUp(grant, authority, arguments, pin)
          : shown(grant, authority);
    }
    return move.equals("top_up")
        ? toppedUp(grant, authority, arguments, pin)
        : told(grant, Answers.to(() -> authority.moveSubAccount(id(grant), move, pin)));
  }

  private static ObjectNode toppedUp(
      Grant grant, Authority authority, JsonNode arguments, String pin) {
    return told(
        grant,
        Answers.to(
            () ->
                authority.topUp(
                    id(grant),
                    "U-" + grant.nextId(),
                    arguments.path("amount"),
                    arguments.path("from").asString("balance"),
                    pin)));
  }

  private static ObjectNode shown(Grant grant, Authority authority) {
    return told(grant, Answers.to(() -> authority.subAccount(id(grant))));
  }

  private static ObjectNode told(Grant grant, ObjectNode result) {
    result.set("sub_account_id", grant.known().path("sub_account_id"));
    result.set("balance", result.at("/body/balance"));
    result.set("state", result.at("/body/status"));
    return result;
  }

  private static String id(Grant grant) {
    return grant.needText("sub_account_id", Verb.SUB_ACCOUNT);
  }

  private static Grant grant(Stage stage, JsonNode arguments, String name) {
    return stage.grant(
        arguments.path("as").asString(name), arguments.path("by").asString(Stage.OUTSIDE_AGENT));
  }

  private static Buyer buyer(Stage stage, Grant grant, JsonNode arguments) {
    return stage.buyer(arguments.path("by").asString(grant.agent()));
  }
}
