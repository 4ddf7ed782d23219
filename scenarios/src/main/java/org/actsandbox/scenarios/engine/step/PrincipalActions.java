package org.actsandbox.scenarios.engine.step;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays what the principal does with the demo agent: say something, choose, and decide at the
 * cashier.
 */
final class PrincipalActions {

  private static final Duration PAST_EXPIRY = Duration.ofSeconds(1);

  private PrincipalActions() {}

  static ObjectNode say(ScenarioContext scenarioContext, JsonNode arguments) {
    boolean fresh = !scenarioContext.hasConversation() || arguments.path("new").asBoolean(false);
    var scenarioConversation =
        fresh ? scenarioContext.newConversation() : scenarioContext.conversation();
    scenarioConversation.say(
        arguments.isString() ? arguments.stringValue() : arguments.path("text").asString(),
        arguments.path("language").isString() ? arguments.path("language").stringValue() : null);
    return facts(scenarioContext);
  }

  static ObjectNode choose(ScenarioContext scenarioContext, JsonNode arguments) {
    var scenarioConversation = scenarioContext.conversation();
    scenarioConversation.choose(
        OfferSelector.offerIds(arguments, scenarioConversation.transcript().facts()),
        arguments.path("seat").isString() ? arguments.path("seat").stringValue() : null);
    return facts(scenarioContext);
  }

  static ObjectNode approve(ScenarioContext scenarioContext, JsonNode arguments) {
    var pin = arguments.path("pin").asString(PurchaseClient.DEMO_PIN);
    do {
      var refused = sendDecision(scenarioContext, "APPROVE", pin);
      if (refused != null) {
        return refused;
      }
    } while (arguments.path("all").asBoolean(false)
        && !scenarioContext.conversation().transcript().isDone());
    return facts(scenarioContext);
  }

  static ObjectNode decide(ScenarioContext scenarioContext, String decision) {
    var refused = sendDecision(scenarioContext, decision, null);
    return refused == null ? facts(scenarioContext) : refused;
  }

  /** Moves the world's clock past the expiry of the waiting payment. */
  static ObjectNode ignore(ScenarioContext scenarioContext) {
    var trade = waitingTradeNo(scenarioContext);
    var payment = scenarioContext.getAsPrincipal("/psp/payments/" + trade);
    var expiry = Instant.parse(payment.path("expires_at").asString()).plus(PAST_EXPIRY);
    scenarioContext
        .client()
        .post(
            scenarioContext.target().api("/clock/advance"),
            scenarioContext.target().keys().operator(),
            Map.of("to", expiry.toString()));
    followPayment(scenarioContext, trade);
    return facts(scenarioContext);
  }

  static ObjectNode cancel(ScenarioContext scenarioContext) {
    scenarioContext.conversation().cancel();
    return facts(scenarioContext);
  }

  /** Sends a decision; returns the facts with the cashier's refusal, or null if it was accepted. */
  private static @Nullable ObjectNode sendDecision(
      ScenarioContext scenarioContext, String decision, @Nullable String pin) {
    var trade = waitingTradeNo(scenarioContext);
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
      followPayment(scenarioContext, trade);
      return null;
    } catch (UnexpectedReply refused) {
      var facts = facts(scenarioContext);
      facts.put("status", refused.status()).put("code", refused.code());
      return facts;
    }
  }

  private static String waitingTradeNo(ScenarioContext scenarioContext) {
    return paymentOfTurn(scenarioContext)
        .or(() -> delegatedPayment(scenarioContext))
        .orElseThrow(
            () ->
                new UnplayableStep(
                    "no payment waits at the cashier; the demo agent's turn ended with "
                        + ExpectationMatcher.text(facts(scenarioContext).path("outcome"))
                        + ", "
                        + ExpectationMatcher.describe(facts(scenarioContext).path("ending"))));
  }

  private static Optional<String> paymentOfTurn(ScenarioContext scenarioContext) {
    return scenarioContext.hasConversation()
        ? Optional.of(scenarioContext.conversation().transcript().waitingTradeNo())
            .filter(trade -> !trade.isEmpty())
        : Optional.empty();
  }

  /**
   * Finds a payment that the agent makes under a delegation and that waits because the principal
   * wants to be asked.
   */
  private static Optional<String> delegatedPayment(ScenarioContext scenarioContext) {
    var agent = scenarioContext.purchaseClient(ScenarioContext.DEMO_AGENT).agent().agentId();
    return scenarioContext
        .getAsPrincipal("/psp/payments")
        .path("items")
        .valueStream()
        .filter(payment -> payment.path("status").asString("").equals("waiting_for_approval"))
        .filter(
            payment -> agent.equals(delegatedAgent(scenarioContext, payment.path("delegation_id"))))
        .map(payment -> payment.path("trade_no").stringValue())
        .findFirst();
  }

  private static String delegatedAgent(ScenarioContext scenarioContext, JsonNode delegationId) {
    return delegationId.isString()
        ? scenarioContext
            .getAsPrincipal("/delegations/iacs/" + delegationId.stringValue())
            .path("agent_id")
            .asString("")
        : "";
  }

  /**
   * Follows the conversation to the result of a turn's payment; the agent's own payments belong to
   * no turn.
   */
  private static void followPayment(ScenarioContext scenarioContext, String trade) {
    if (paymentOfTurn(scenarioContext).filter(trade::equals).isPresent()) {
      scenarioContext.conversation().follow();
    }
  }

  private static ObjectNode facts(ScenarioContext scenarioContext) {
    return scenarioContext.hasConversation()
        ? scenarioContext.conversation().transcript().facts().deepCopy()
        : Json.object();
  }
}
