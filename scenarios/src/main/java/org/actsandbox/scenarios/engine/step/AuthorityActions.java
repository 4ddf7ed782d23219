package org.actsandbox.scenarios.engine.step;

import org.actsandbox.client.DelegationClient;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.OutsideAuthority;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.ScriptAmounts;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the steps about authority that an agent may use while its principal is away: it is
 * requested, given, paused and taken back.
 */
public final class AuthorityActions {

  /** The address of the demo agent's tasks, which are listed newest first. */
  public static final String TASKS = "/agents/demo-agent/tasks";

  private AuthorityActions() {}

  /**
   * Sends the agent's draft of an authority and the principal's confirmation with the PIN. The
   * confirmation is left out if the draft has open questions or the step says {@code until: asked}.
   */
  static ObjectNode delegate(ScenarioContext scenarioContext, JsonNode arguments) {
    var authority = authority(scenarioContext, arguments, "authority");
    var purchaseClient = purchaseClient(scenarioContext, authority, arguments);
    var delegationClient = scenarioContext.delegationClient(purchaseClient);
    var draft =
        delegationClient.draft(
            ScenarioIsrBuilder.of(
                arguments,
                authority.intentId(),
                purchaseClient.agent().agentId(),
                scenarioContext.now()));
    scenarioContext.addPrincipal(draft);
    MessageEdits.apply(arguments.path("with"), draft);
    var signed = purchaseClient.signed(draft);
    MessageEdits.apply(arguments.path("tamper"), signed);
    var asked = ReplyFacts.ofCall(() -> delegationClient.sendDraft(signed));
    authority.learn("intent_id", asked.at("/body/intent_id"));
    authority.learn("questions", asked.at("/body/open_questions"));
    asked.set("questions", asked.at("/body/open_questions"));
    boolean waits = asked.at("/body/status").asString("").equals("waiting");
    if (!waits || arguments.path("until").asString("confirmed").equals("asked")) {
      return asked;
    }
    return confirm(scenarioContext, authority, delegationClient, arguments);
  }

  /** Sends the principal's decision about an authority that an agent requested. */
  static ObjectNode authorize(ScenarioContext scenarioContext, JsonNode arguments) {
    var authority =
        scenarioContext.outsideAuthority(
            arguments.path("as").asString("authority"), ScenarioContext.DEMO_AGENT);
    var purchaseClient = scenarioContext.purchaseClient(authority.agent());
    if (arguments.has("intent")) {
      authority.learn("intent_id", arguments.path("intent"));
    } else if (authority.agent().equals(ScenarioContext.DEMO_AGENT)) {
      authority.learn("intent_id", lastRequestedIntent(scenarioContext, purchaseClient));
    }
    return confirm(
        scenarioContext, authority, scenarioContext.delegationClient(purchaseClient), arguments);
  }

  private static JsonNode lastRequestedIntent(
      ScenarioContext scenarioContext, PurchaseClient demoAgent) {
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

  private static ObjectNode confirm(
      ScenarioContext scenarioContext,
      OutsideAuthority authority,
      DelegationClient delegationClient,
      JsonNode arguments) {
    var intentId = authority.needText("intent_id", Verb.DELEGATE);
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
      learn(authority, delegationClient, decided.at("/body/delegation_id"));
    }
    for (var field : new String[] {"delegation_id", "mode", "ends"}) {
      if (authority.known().has(field)) {
        decided.set(field, authority.known().path(field));
      }
    }
    return decided;
  }

  private static void learn(
      OutsideAuthority authority, DelegationClient delegationClient, JsonNode delegationId) {
    var id = delegationId.stringValue();
    var view = delegationClient.delegation(id).json();
    authority.learn("delegation_id", delegationId);
    authority.learn("iac", delegationClient.credential(id).json().path("iac"));
    authority.learn("principal_id", view.at("/payload/delegator_identity"));
    authority.learn("mode", view.path("mode"));
    authority.learn("ends", view.at("/payload/validity_end_time"));
  }

  static ObjectNode changeState(ScenarioContext scenarioContext, JsonNode arguments, Verb verb) {
    var authority = scenarioContext.existingAuthority(arguments.path("as").asString("authority"));
    var delegationClient =
        scenarioContext.delegationClient(purchaseClient(scenarioContext, authority, arguments));
    var id = authority.needText("delegation_id", Verb.DELEGATE);
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

  /** Moves the clock to the end of the authority's validity, where it expires by itself. */
  static ObjectNode expire(ScenarioContext scenarioContext, JsonNode arguments) {
    var authority = scenarioContext.existingAuthority(arguments.path("as").asString("authority"));
    var end = authority.needText("ends", Verb.DELEGATE);
    var result = WorldActions.advance(scenarioContext, Json.object().put("to", end));
    var delegationClient =
        scenarioContext.delegationClient(purchaseClient(scenarioContext, authority, arguments));
    var view =
        delegationClient.delegation(authority.needText("delegation_id", Verb.DELEGATE)).json();
    result.set("state", view.path("state"));
    return result;
  }

  /** Opens a sub-account with the agent's key and an amount, or changes an existing one. */
  static ObjectNode subAccount(ScenarioContext scenarioContext, JsonNode arguments) {
    var authority = authority(scenarioContext, arguments, "purse");
    var result = changeSubAccount(scenarioContext, authority, arguments);
    if (authority.agent().equals(ScenarioContext.DEMO_AGENT)
        && arguments.path("looks").asBoolean(true)) {
      continueNewestTask(scenarioContext);
    }
    return result;
  }

  /**
   * Tells the demo agent to continue its newest task, because it learns of a change of its
   * sub-account only when it looks again.
   */
  private static void continueNewestTask(ScenarioContext scenarioContext) {
    var tasks = scenarioContext.getAsPrincipal(TASKS).path("items");
    if (!tasks.isEmpty()) {
      var path = TASKS + "/" + tasks.get(0).path("task_id").asString() + "/continue";
      scenarioContext
          .client()
          .post(
              scenarioContext.at(path), scenarioContext.target().keys().principal(), Json.object());
    }
  }

  private static ObjectNode changeSubAccount(
      ScenarioContext scenarioContext, OutsideAuthority authority, JsonNode arguments) {
    var delegationClient =
        scenarioContext.delegationClient(purchaseClient(scenarioContext, authority, arguments));
    var move = arguments.path("do").asString("open");
    var pin = arguments.path("pin").asString(PurchaseClient.DEMO_PIN);
    if (move.equals("open")) {
      var opened = ReplyFacts.ofCall(() -> delegationClient.openSubAccount(pin));
      authority.learn("sub_account_id", opened.at("/body/sub_account_id"));
      if (opened.path("status").asInt() != 201) {
        return opened;
      }
      if (!authority.agent().equals(ScenarioContext.DEMO_AGENT)) {
        // The demo agent binds a key of its own key service by itself.
        ReplyFacts.ofCall(() -> delegationClient.bindKey(id(authority)));
      }
      return arguments.has("amount")
          ? topUp(authority, delegationClient, arguments, pin)
          : show(authority, delegationClient);
    }
    return move.equals("top_up")
        ? topUp(authority, delegationClient, arguments, pin)
        : withAccountFacts(
            authority,
            ReplyFacts.ofCall(
                () -> delegationClient.changeSubAccountState(id(authority), move, pin)));
  }

  private static ObjectNode topUp(
      OutsideAuthority authority,
      DelegationClient delegationClient,
      JsonNode arguments,
      String pin) {
    return withAccountFacts(
        authority,
        ReplyFacts.ofCall(
            () ->
                delegationClient.topUp(
                    id(authority),
                    "U-" + authority.nextId(),
                    ScriptAmounts.text(arguments.path("amount")),
                    arguments.path("from").asString("balance"),
                    pin)));
  }

  private static ObjectNode show(OutsideAuthority authority, DelegationClient delegationClient) {
    return withAccountFacts(
        authority, ReplyFacts.ofCall(() -> delegationClient.subAccount(id(authority))));
  }

  private static ObjectNode withAccountFacts(OutsideAuthority authority, ObjectNode result) {
    result.set("sub_account_id", authority.known().path("sub_account_id"));
    result.set("balance", result.at("/body/balance"));
    result.set("state", result.at("/body/status"));
    return result;
  }

  private static String id(OutsideAuthority authority) {
    return authority.needText("sub_account_id", Verb.SUB_ACCOUNT);
  }

  private static OutsideAuthority authority(
      ScenarioContext scenarioContext, JsonNode arguments, String name) {
    return scenarioContext.outsideAuthority(
        arguments.path("as").asString(name),
        arguments.path("by").asString(ScenarioContext.OUTSIDE_AGENT));
  }

  private static PurchaseClient purchaseClient(
      ScenarioContext scenarioContext, OutsideAuthority authority, JsonNode arguments) {
    return scenarioContext.purchaseClient(arguments.path("by").asString(authority.agent()));
  }
}
