package org.actsandbox.scenarios.engine.expect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.script.PrincipalNameCheck;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks each expectation with the key of the principal that it names; one without a name is
 * checked with the key of the step's principal.
 */
final class PrincipalExpectations {

  /** Compares the expectations about one principal with what that principal has. */
  interface Judge {

    /**
     * Compares the expectations.
     *
     * @param who the principal's name in the expectation; null if there is none
     */
    List<Mismatch> judge(@Nullable String who, JsonNode wanted);
  }

  private PrincipalExpectations() {}

  static List<Mismatch> judge(ScenarioContext scenarioContext, JsonNode wanted, Judge judge) {
    List<Mismatch> found = new ArrayList<>();
    byWho(wanted)
        .forEach(
            (who, part) -> {
              if (who.isEmpty()) {
                found.addAll(judge.judge(null, part));
              } else {
                scenarioContext
                    .asPrincipal(who, () -> judge.judge(who, part))
                    .forEach(each -> found.add(of(who, each)));
              }
            });
    return found;
  }

  private static Map<String, ? extends JsonNode> byWho(JsonNode wanted) {
    if (!wanted.isArray()) {
      return Map.of(who(wanted), withoutWho(wanted));
    }
    Map<String, ArrayNode> parts = new LinkedHashMap<>();
    for (var each : wanted) {
      parts.computeIfAbsent(who(each), _ -> Json.mapper().createArrayNode()).add(withoutWho(each));
    }
    return parts;
  }

  private static String who(JsonNode wanted) {
    return wanted.path(PrincipalNameCheck.KEY).asString("");
  }

  private static JsonNode withoutWho(JsonNode wanted) {
    if (wanted instanceof ObjectNode object && object.has(PrincipalNameCheck.KEY)) {
      var copy = object.deepCopy();
      copy.remove(PrincipalNameCheck.KEY);
      return copy;
    }
    return wanted;
  }

  private static Mismatch of(String who, Mismatch mismatch) {
    return new Mismatch(mismatch.at() + " of " + who, mismatch.expected(), mismatch.observed());
  }
}
