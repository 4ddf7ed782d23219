package org.actsandbox.scenarios.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.Unexpected;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the principal does: speak, choose, and decide at the cashier. */
final class PrincipalActions {

  private static final Duration PAST_EXPIRY = Duration.ofSeconds(1);

  private PrincipalActions() {}

  static ObjectNode say(Stage stage, JsonNode arguments) {
    boolean fresh = !stage.isTalking() || arguments.path("new").asBoolean(false);
    var talk = fresh ? stage.newTalk() : stage.talk();
    talk.say(
        arguments.isString() ? arguments.stringValue() : arguments.path("text").asString(),
        arguments.path("lang").isString() ? arguments.path("lang").stringValue() : null);
    return told(stage);
  }

  static ObjectNode choose(Stage stage, JsonNode arguments) {
    var talk = stage.talk();
    talk.choose(
        Picks.offerIds(arguments, talk.turn().told()),
        arguments.path("seat").isString() ? arguments.path("seat").stringValue() : null);
    return told(stage);
  }

  static ObjectNode approve(Stage stage, JsonNode arguments) {
    var pin = arguments.path("pin").asString(Buyer.DEMO_PIN);
    do {
      var refused = post(stage, "APPROVE", pin);
      if (refused != null) {
        return refused;
      }
    } while (arguments.path("all").asBoolean(false) && !stage.talk().turn().isDone());
    return told(stage);
  }

  static ObjectNode decide(Stage stage, String decision) {
    var refused = post(stage, decision, null);
    return refused == null ? told(stage) : refused;
  }

  /** Lets the payment that waits run out, by the world's clock. */
  static ObjectNode ignore(Stage stage) {
    var trade = waiting(stage);
    var payment = stage.principal("/psp/payments/" + trade);
    var expiry = Instant.parse(payment.path("expires_at").asString()).plus(PAST_EXPIRY);
    stage
        .client()
        .post(
            stage.target().api("/clock/advance"),
            stage.target().keys().operator(),
            Map.of("to", expiry.toString()));
    followed(stage, trade);
    return told(stage);
  }

  static ObjectNode cancel(Stage stage) {
    stage.talk().cancel();
    return told(stage);
  }

  /** What the demo agent told in this turn, and the cashier's refusal if there was one. */
  private static @Nullable ObjectNode post(Stage stage, String decision, @Nullable String pin) {
    var trade = waiting(stage);
    var approval = stage.at("/psp/payments/" + trade + "/approval");
    var key = stage.target().keys().principal();
    var shown = stage.client().get(approval, key);
    var answer =
        Json.object().put("decision", decision).put("digest", shown.path("digest").asString());
    if (pin != null) {
      answer.put("pin", pin);
    }
    try {
      stage.client().post(approval, key, answer);
      followed(stage, trade);
      return null;
    } catch (Unexpected refused) {
      var told = told(stage);
      told.put("status", refused.status()).put("code", refused.code());
      return told;
    }
  }

  private static String waiting(Stage stage) {
    return ofTurn(stage)
        .or(() -> whileAway(stage))
        .orElseThrow(
            () ->
                new CannotPlay(
                    "no payment waits at the cashier; the demo agent's turn ended with "
                        + Matching.text(told(stage).path("outcome"))
                        + ", "
                        + Matching.shown(told(stage).path("ending"))));
  }

  private static Optional<String> ofTurn(Stage stage) {
    return stage.isTalking()
        ? Optional.of(stage.talk().turn().waiting()).filter(trade -> !trade.isEmpty())
        : Optional.empty();
  }

  /** What the agent pays by itself waits as well, where the principal wants to be asked. */
  private static Optional<String> whileAway(Stage stage) {
    var agent = stage.buyer(Stage.DEMO_AGENT).agent().agentId();
    return stage
        .principal("/psp/payments")
        .path("items")
        .valueStream()
        .filter(payment -> payment.path("status").asString("").equals("waiting_for_approval"))
        .filter(payment -> agent.equals(delegate(stage, payment.path("delegation_id"))))
        .map(payment -> payment.path("trade_no").stringValue())
        .findFirst();
  }

  private static String delegate(Stage stage, JsonNode delegationId) {
    return delegationId.isString()
        ? stage
            .principal("/delegations/iacs/" + delegationId.stringValue())
            .path("agent_id")
            .asString("")
        : "";
  }

  /** The agent tells what becomes of a turn's payment; what it pays by itself is no turn's. */
  private static void followed(Stage stage, String trade) {
    if (ofTurn(stage).filter(trade::equals).isPresent()) {
      stage.talk().follow();
    }
  }

  private static ObjectNode told(Stage stage) {
    return stage.isTalking() ? stage.talk().turn().told().deepCopy() : Json.object();
  }
}
