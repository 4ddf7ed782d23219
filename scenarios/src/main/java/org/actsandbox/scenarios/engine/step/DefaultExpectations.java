package org.actsandbox.scenarios.engine.expect;

import java.util.List;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;

/** Checks the result of a step that has no expectations, so that no failure goes unseen. */
public final class DefaultExpectations {

  private DefaultExpectations() {}

  /** Compares a result with what the verb normally leads to. */
  public static List<Mismatch> judge(Verb verb, JsonNode result) {
    return switch (verb) {
      case SAY, CHOOSE, APPROVE, DECLINE, CLOSE, IGNORE, CANCEL -> conversation(result);
      case BILL -> status(result, 402, 402);
      case INTENT, CART, PAY, CASHIER, PROOF, FETCH, CALL, TAMPER, ANCHOR ->
          status(result, 200, 299);
      case DELEGATE, AUTHORIZE, SUSPEND, RESUME, REVOKE, SUB_ACCOUNT, DISPUTE ->
          status(result, 200, 299);
      case BUNDLE -> bundle(result);
      case BUY -> bought(result);
      case RACE, EXPIRE, ADVANCE, CLOCK, FAULT, CLEAR, DISTURB, HEAL, CHECK -> List.of();
    };
  }

  private static List<Mismatch> conversation(JsonNode result) {
    if (result.has("code")) {
      return ExpectationMatcher.mismatch("code", "the cashier's consent", result.path("code"));
    }
    return result.path("outcome").asString("").equals("failed")
        ? ExpectationMatcher.mismatch("outcome", "anything but failed", result.path("ending"))
        : List.of();
  }

  private static List<Mismatch> bundle(JsonNode result) {
    return result.path("verified").asBoolean(false)
        ? List.of()
        : ExpectationMatcher.mismatch("verified", "true", result);
  }

  private static List<Mismatch> bought(JsonNode result) {
    var code = result.path("code");
    return code.asString("").isEmpty()
        ? status(result, 200, result.has("bill") ? 402 : 299)
        : ExpectationMatcher.mismatch("code", "no refusal", code);
  }

  private static List<Mismatch> status(JsonNode result, int from, int to) {
    int status = result.path("status").asInt();
    return status >= from && status <= to
        ? List.of()
        : ExpectationMatcher.mismatch(
            "status", from == to ? String.valueOf(from) : "%d to %d".formatted(from, to), result);
  }
}
