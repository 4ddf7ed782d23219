package org.actsandbox.scenarios.engine.step;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.DelegationClient;
import org.actsandbox.scenarios.client.PurchaseClient;
import org.actsandbox.scenarios.engine.context.OutsideAuthority;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an agent may do while nobody is looking: asked for, given, paused and taken back. */
public final class AuthorityActions {

  /** The demo agent's, newest first. */
  public static final String TASKS = "/agents/demo-agent/tasks";

  private AuthorityActions() {}

  /**
   * The agent asks, the principal reads what it would permit and confirms with the PIN. Ends early
   * where questions are open.
   */
  static ObjectNode delegate(ScenarioContext scenarioContext, JsonNode arguments) {
    var grant = grant(scenarioContext, arguments, "authority");
    var purchaseClient = buyer(scenarioContext, grant, arguments);
    var delegationClient = scenarioContext.authority(purchaseClient);
    var draft =
        delegationClient.draft(
            ScenarioIsrBuilder.of(
                arguments,
                grant.intentId(),
                purchaseClient.agent().agentId(),
                scenarioContext.now()));
    scenarioContext.addPrincipal(draft);
    MessageEdits.apply(arguments.path("with"), draft);
    var signed = purchaseClient.signed(draft);
    MessageEdits.apply(arguments.path("tamper"), signed);
    var asked = ReplyFacts.ofCall(() -> delegationClient.sendDraft(signed));
    grant.learn("intent_id", asked.at("/body/intent_id"));
    grant.learn("questions", asked.at("/body/open_questions"));
    asked.set("questions", asked.at("/body/open_questions"));
    boolean waits = asked.at("/body/status").asString("").equals("waiting");
    if (!waits || arguments.path("until").asString("confirmed").equals("asked")) {
      return asked;
    }
    return confirmed(scenarioContext, grant, delegationClient, arguments);
  }

  /** The principal decides about what an agent asked for. */
  static ObjectNode authorize(ScenarioContext scenarioContext, JsonNode arguments) {
    var grant =
        scenarioContext.outsideAuthority(
            arguments.path("as").asString("authority"), ScenarioContext.DEMO_AGENT);
    var purchaseClient = scenarioContext.buyer(grant.agent());
    if (arguments.has("intent")) {
      grant.learn("intent_id", arguments.path("intent"));
    } else if (grant.agent().equals(ScenarioContext.DEMO_AGENT)) {
      grant.learn("intent_id", askedLast(scenarioContext, purchaseClient));
    }
    return confirmed(scenarioContext, grant, scenarioContext.authority(purchaseClient), arguments);
  }

  private static JsonNode askedLast(ScenarioContext scenarioContext, PurchaseClient demoAgent) {
    return scenarioContext
        .getAsPrincipal("/delegations/intents")
        .path("items")
        .valueStream()
        .filter(intent -> intent.path("agent_id").asString("").equals(demoAgent.agent().agentId()))
        .filter(intent -> intent.path("status").asString("").equals("waiting"))
        .findFirst()
        .orElseThrow(() -> new UnplayableStep("the demo agent has asked for no authority"))
        .path("intent_id");
  }

  private static ObjectNode confirmed(
      ScenarioContext scenarioContext,
      OutsideAuthority grant,
      DelegationClient delegationClient,
      JsonNode arguments) {
    var intentId = grant.needText("intent_id", Verb.DELEGATE);
    var decision = arguments.path("decision").asString("APPROVE");
    var shown =
        delegationClient.confirmation(intentId, scenarioContext.target().keys().principal()).json();
    var answer = Json.object().put("decision", decision);
    answer.put("digest", arguments.path("digest").asString(shown.path("digest").asString("")));
    if (decision.equals("APPROVE")) {
      answer.put("pin", arguments.path("pin").asString(PurchaseClient.DEMO_PIN));
    }
    var key = scenarioContext.key(arguments.path("key").asString("principal"));
    var decided = ReplyFacts.ofCall(() -> delegationClient.decide(intentId, answer, key));
    if (decided.at("/body/delegation_id").isString()) {
      learn(grant, delegationClient, decided.at("/body/delegation_id"));
    }
    for (var field : new String[] {"delegation_id", "mode", "ends"}) {
      if (grant.known().has(field)) {
        decided.set(field, grant.known().path(field));
      }
    }
    return decided;
  }

  private static void learn(
      OutsideAuthority grant, DelegationClient delegationClient, JsonNode delegationId) {
    var id = delegationId.stringValue();
    var view = delegationClient.delegation(id).json();
    grant.learn("delegation_id", delegationId);
    grant.learn("iac", delegationClient.credential(id).json().path("iac"));
    grant.learn("principal_id", view.at("/payload/delegator_identity"));
    grant.learn("mode", view.path("mode"));
    grant.learn("ends", view.at("/payload/validity_end_time"));
  }

  static ObjectNode move(ScenarioContext scenarioContext, JsonNode arguments, Verb verb) {
    var grant = scenarioContext.existingAuthority(arguments.path("as").asString("authority"));
    var delegationClient = scenarioContext.authority(buyer(scenarioContext, grant, arguments));
    var id = grant.needText("delegation_id", Verb.DELEGATE);
    var reason = Json.object();
    if (arguments.has("reason")) {
      reason.set("reason", arguments.path("reason"));
    }
    if (verb == Verb.RESUME) {
      reason.put("pin", arguments.path("pin").asString(PurchaseClient.DEMO_PIN));
    }
    var key = scenarioContext.key(arguments.path("key").asString("principal"));
    var result =
        ReplyFacts.ofCall(() -> delegationClient.changeState(id, verb.code(), reason, key));
    result.set("state", result.at("/body/state"));
    return result;
  }

  /** Time passes to the end of validity, and nothing else is done about it. */
  static ObjectNode expire(ScenarioContext scenarioContext, JsonNode arguments) {
    var grant = scenarioContext.existingAuthority(arguments.path("as").asString("authority"));
    var end = grant.needText("ends", Verb.DELEGATE);
    var result = WorldActions.advance(scenarioContext, Json.object().put("to", end));
    var delegationClient = scenarioContext.authority(buyer(scenarioContext, grant, arguments));
    var view = delegationClient.delegation(grant.needText("delegation_id", Verb.DELEGATE)).json();
    result.set("state", view.path("state"));
    return result;
  }

  /** Opened, with the agent's key bound and money on it; or changed. */
  static ObjectNode subAccount(ScenarioContext scenarioContext, JsonNode arguments) {
    var grant = grant(scenarioContext, arguments, "purse");
    var result = subAccount(scenarioContext, grant, arguments);
    if (grant.agent().equals(ScenarioContext.DEMO_AGENT)
        && arguments.path("looks").asBoolean(true)) {
      looksAgain(scenarioContext);
    }
    return result;
  }

  /** Nobody tells the demo agent of its account: it looks when its principal says so. */
  private static void looksAgain(ScenarioContext scenarioContext) {
    var tasks = scenarioContext.getAsPrincipal(TASKS).path("items");
    if (!tasks.isEmpty()) {
      var path = TASKS + "/" + tasks.get(0).path("task_id").asString() + "/continue";
      scenarioContext
          .client()
          .post(
              scenarioContext.at(path), scenarioContext.target().keys().principal(), Json.object());
    }
  }

  private static ObjectNode subAccount(
      ScenarioContext scenarioContext, OutsideAuthority grant, JsonNode arguments) {
    var delegationClient = scenarioContext.authority(buyer(scenarioContext, grant, arguments));
    var move = arguments.path("do").asString("open");
    var pin = arguments.path("pin").asString(PurchaseClient.DEMO_PIN);
    if (move.equals("open")) {
      var opened = ReplyFacts.ofCall(() -> delegationClient.openSubAccount(pin));
      grant.learn("sub_account_id", opened.at("/body/sub_account_id"));
      if (opened.path("status").asInt() != 201) {
        return opened;
      }
      if (!grant.agent().equals(ScenarioContext.DEMO_AGENT)) {
        // The demo agent has a key service of its own.
        ReplyFacts.ofCall(() -> delegationClient.bindKey(id(grant)));
      }
      return arguments.has("amount")
          ? toppedUp(grant, delegationClient, arguments, pin)
          : shown(grant, delegationClient);
    }
    return move.equals("top_up")
        ? toppedUp(grant, delegationClient, arguments, pin)
        : told(
            grant,
            ReplyFacts.ofCall(() -> delegationClient.changeSubAccountState(id(grant), move, pin)));
  }

  private static ObjectNode toppedUp(
      OutsideAuthority grant, DelegationClient delegationClient, JsonNode arguments, String pin) {
    return told(
        grant,
        ReplyFacts.ofCall(
            () ->
                delegationClient.topUp(
                    id(grant),
                    "U-" + grant.nextId(),
                    arguments.path("amount"),
                    arguments.path("from").asString("balance"),
                    pin)));
  }

  private static ObjectNode shown(OutsideAuthority grant, DelegationClient delegationClient) {
    return told(grant, ReplyFacts.ofCall(() -> delegationClient.subAccount(id(grant))));
  }

  private static ObjectNode told(OutsideAuthority grant, ObjectNode result) {
    result.set("sub_account_id", grant.known().path("sub_account_id"));
    result.set("balance", result.at("/body/balance"));
    result.set("state", result.at("/body/status"));
    return result;
  }

  private static String id(OutsideAuthority grant) {
    return grant.needText("sub_account_id", Verb.SUB_ACCOUNT);
  }

  private static OutsideAuthority grant(
      ScenarioContext scenarioContext, JsonNode arguments, String name) {
    return scenarioContext.outsideAuthority(
        arguments.path("as").asString(name),
        arguments.path("by").asString(ScenarioContext.OUTSIDE_AGENT));
  }

  private static PurchaseClient buyer(
      ScenarioContext scenarioContext, OutsideAuthority grant, JsonNode arguments) {
    return scenarioContext.buyer(arguments.path("by").asString(grant.agent()));
  }
}
