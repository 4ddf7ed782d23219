package org.actsandbox.scenarios.engine.step;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.PurchaseClient;
import org.actsandbox.scenarios.client.UnexpectedReply;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the principal does: speak, choose, and decide at the cashier. */
final class PrincipalActions {

  private static final Duration PAST_EXPIRY = Duration.ofSeconds(1);

  private PrincipalActions() {}

  static ObjectNode say(ScenarioContext scenarioContext, JsonNode arguments) {
    boolean fresh = !scenarioContext.hasConversation() || arguments.path("new").asBoolean(false);
    var scenarioConversation =
        fresh ? scenarioContext.newConversation() : scenarioContext.conversation();
    scenarioConversation.say(
        arguments.isString() ? arguments.stringValue() : arguments.path("text").asString(),
        arguments.path("lang").isString() ? arguments.path("lang").stringValue() : null);
    return told(scenarioContext);
  }

  static ObjectNode choose(ScenarioContext scenarioContext, JsonNode arguments) {
    var scenarioConversation = scenarioContext.conversation();
    scenarioConversation.choose(
        OfferSelector.offerIds(arguments, scenarioConversation.transcript().facts()),
        arguments.path("seat").isString() ? arguments.path("seat").stringValue() : null);
    return told(scenarioContext);
  }

  static ObjectNode approve(ScenarioContext scenarioContext, JsonNode arguments) {
    var pin = arguments.path("pin").asString(PurchaseClient.DEMO_PIN);
    do {
      var refused = post(scenarioContext, "APPROVE", pin);
      if (refused != null) {
        return refused;
      }
    } while (arguments.path("all").asBoolean(false)
        && !scenarioContext.conversation().transcript().isDone());
    return told(scenarioContext);
  }

  static ObjectNode decide(ScenarioContext scenarioContext, String decision) {
    var refused = post(scenarioContext, decision, null);
    return refused == null ? told(scenarioContext) : refused;
  }

  /** Lets the payment that waits run out, by the world's clock. */
  static ObjectNode ignore(ScenarioContext scenarioContext) {
    var trade = waiting(scenarioContext);
    var payment = scenarioContext.getAsPrincipal("/psp/payments/" + trade);
    var expiry = Instant.parse(payment.path("expires_at").asString()).plus(PAST_EXPIRY);
    scenarioContext
        .client()
        .post(
            scenarioContext.target().api("/clock/advance"),
            scenarioContext.target().keys().operator(),
            Map.of("to", expiry.toString()));
    followed(scenarioContext, trade);
    return told(scenarioContext);
  }

  static ObjectNode cancel(ScenarioContext scenarioContext) {
    scenarioContext.conversation().cancel();
    return told(scenarioContext);
  }

  /** What the demo agent told in this turn, and the cashier's refusal if there was one. */
  private static @Nullable ObjectNode post(
      ScenarioContext scenarioContext, String decision, @Nullable String pin) {
    var trade = waiting(scenarioContext);
    var approval = scenarioContext.at("/psp/payments/" + trade + "/approval");
    var key = scenarioContext.target().keys().principal();
    var shown = scenarioContext.client().get(approval, key);
    var answer =
        Json.object().put("decision", decision).put("digest", shown.path("digest").asString());
    if (pin != null) {
      answer.put("pin", pin);
    }
    try {
      scenarioContext.client().post(approval, key, answer);
      followed(scenarioContext, trade);
      return null;
    } catch (UnexpectedReply refused) {
      var told = told(scenarioContext);
      told.put("status", refused.status()).put("code", refused.code());
      return told;
    }
  }

  private static String waiting(ScenarioContext scenarioContext) {
    return ofTurn(scenarioContext)
        .or(() -> whileAway(scenarioContext))
        .orElseThrow(
            () ->
                new UnplayableStep(
                    "no payment waits at the cashier; the demo agent's turn ended with "
                        + ExpectationMatcher.text(told(scenarioContext).path("outcome"))
                        + ", "
                        + ExpectationMatcher.describe(told(scenarioContext).path("ending"))));
  }

  private static Optional<String> ofTurn(ScenarioContext scenarioContext) {
    return scenarioContext.hasConversation()
        ? Optional.of(scenarioContext.conversation().transcript().waitingTradeNo())
            .filter(trade -> !trade.isEmpty())
        : Optional.empty();
  }

  /** What the agent pays by itself waits as well, where the principal wants to be asked. */
  private static Optional<String> whileAway(ScenarioContext scenarioContext) {
    var agent = scenarioContext.buyer(ScenarioContext.DEMO_AGENT).agent().agentId();
    return scenarioContext
        .getAsPrincipal("/psp/payments")
        .path("items")
        .valueStream()
        .filter(payment -> payment.path("status").asString("").equals("waiting_for_approval"))
        .filter(payment -> agent.equals(delegate(scenarioContext, payment.path("delegation_id"))))
        .map(payment -> payment.path("trade_no").stringValue())
        .findFirst();
  }

  private static String delegate(ScenarioContext scenarioContext, JsonNode delegationId) {
    return delegationId.isString()
        ? scenarioContext
            .getAsPrincipal("/delegations/iacs/" + delegationId.stringValue())
            .path("agent_id")
            .asString("")
        : "";
  }

  /** The agent tells what becomes of a turn's payment; what it pays by itself is no turn's. */
  private static void followed(ScenarioContext scenarioContext, String trade) {
    if (ofTurn(scenarioContext).filter(trade::equals).isPresent()) {
      scenarioContext.conversation().follow();
    }
  }

  private static ObjectNode told(ScenarioContext scenarioContext) {
    return scenarioContext.hasConversation()
        ? scenarioContext.conversation().transcript().facts().deepCopy()
        : Json.object();
  }
}
