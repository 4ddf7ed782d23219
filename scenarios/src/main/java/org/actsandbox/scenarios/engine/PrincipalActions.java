package org.actsandbox.scenarios.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
      stage.talk().follow();
    } while (arguments.path("all").asBoolean(false) && !stage.talk().turn().isDone());
    return told(stage);
  }

  static ObjectNode decide(Stage stage, String decision) {
    var refused = post(stage, decision, null);
    if (refused != null) {
      return refused;
    }
    stage.talk().follow();
    return told(stage);
  }

  /** Lets the payment that waits run out, by the world's clock. */
  static ObjectNode ignore(Stage stage) {
    var payment = stage.principal("/psp/payments/" + waiting(stage));
    var expiry = Instant.parse(payment.path("expires_at").asString()).plus(PAST_EXPIRY);
    stage
        .client()
        .post(
            stage.target().api("/clock/advance"),
            stage.target().keys().operator(),
            Map.of("to", expiry.toString()));
    stage.talk().follow();
    return told(stage);
  }

  static ObjectNode cancel(Stage stage) {
    stage.talk().cancel();
    return told(stage);
  }

  /** What the demo agent told in this turn, and the cashier's refusal if there was one. */
  private static @Nullable ObjectNode post(Stage stage, String decision, @Nullable String pin) {
    var approval = stage.at("/psp/payments/" + waiting(stage) + "/approval");
    var key = stage.target().keys().principal();
    var shown = stage.client().get(approval, key);
    var answer =
        Json.object().put("decision", decision).put("digest", shown.path("digest").asString());
    if (pin != null) {
      answer.put("pin", pin);
    }
    try {
      stage.client().post(approval, key, answer);
      return null;
    } catch (Unexpected refused) {
      var told = told(stage);
      told.put("status", refused.status()).put("code", refused.code());
      return told;
    }
  }

  private static String waiting(Stage stage) {
    var waiting = stage.talk().turn().waiting();
    if (waiting.isEmpty()) {
      throw new CannotPlay(
          "no payment waits at the cashier; the demo agent's turn ended with "
              + Matching.text(stage.talk().turn().told().path("outcome"))
              + ", "
              + Matching.shown(stage.talk().turn().told().path("ending")));
    }
    return waiting;
  }

  private static ObjectNode told(Stage stage) {
    return stage.talk().turn().told().deepCopy();
  }
}
