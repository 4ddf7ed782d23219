package org.actsandbox.scenarios.engine.step;

import java.util.List;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import org.actsandbox.scenarios.engine.value.Mismatch;
import tools.jackson.databind.JsonNode;

/**
 * Compares the result of a step that has no expectations with what its verb normally leads to, so
 * that no failure goes unseen.
 */
final class DefaultExpectations {

  private DefaultExpectations() {}

  static List<Mismatch> none(JsonNode result) {
    return List.of();
  }

  static List<Mismatch> success(JsonNode result) {
    return status(result, 200, 299);
  }

  static List<Mismatch> bill(JsonNode result) {
    return status(result, 402, 402);
  }

  static List<Mismatch> conversation(JsonNode result) {
    if (result.has("code")) {
      return ExpectationMatcher.mismatch("code", "the cashier's consent", result.path("code"));
    }
    return result.path("outcome").asString("").equals("failed")
        ? ExpectationMatcher.mismatch("outcome", "anything but failed", result.path("ending"))
        : List.of();
  }

  static List<Mismatch> bundle(JsonNode result) {
    return result.path("verified").asBoolean(false)
        ? List.of()
        : ExpectationMatcher.mismatch("verified", "true", result);
  }

  static List<Mismatch> bought(JsonNode result) {
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
