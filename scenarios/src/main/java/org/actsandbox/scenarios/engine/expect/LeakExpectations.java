package org.actsandbox.scenarios.engine.expect;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import org.actsandbox.scenarios.engine.value.Mismatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks that no participant came to know what it must not know, as the target's own analysis
 * reports it. This is checked in every scenario; a file lists the leaks that it expects only if one
 * of its mutants leaks.
 */
public final class LeakExpectations {

  /** The key of this expectation. */
  public static final String KEY = "leaks";

  private LeakExpectations() {}

  /** Returns the expectation of a file that lists no leaks. */
  public static ObjectNode none() {
    var none = Json.object();
    none.putArray(KEY);
    return none;
  }

  static List<Mismatch> judge(ScenarioContext scenarioContext, JsonNode wanted) {
    var answer = scenarioContext.getAsOperator("/knowledge?leaks_only=true");
    List<Mismatch> found = new ArrayList<>();
    if (!answer.path("complete").asBoolean(false)) {
      found.add(new Mismatch(KEY, "a journal that can be read whole", "only a part of it"));
    }
    var leaks = answer.path("leaks").valueStream().toList();
    for (var leak : leaks) {
      if (wanted.valueStream().noneMatch(each -> fits(each, leak))) {
        found.add(new Mismatch(KEY, "no participant learns what it must not", describe(leak)));
      }
    }
    for (var each : wanted) {
      if (leaks.stream().noneMatch(leak -> fits(each, leak))) {
        found.add(new Mismatch(KEY, ExpectationMatcher.describe(each), "no such leak"));
      }
    }
    return found;
  }

  private static boolean fits(JsonNode wanted, JsonNode leak) {
    return wanted.path("participant").asString().equals(JournalLines.name(leak.path("participant")))
        && wanted.path("datum").equals(leak.path("datum"))
        && (!wanted.has("to")
            || wanted.path("to").asString().equals(JournalLines.name(leak.path("to"))));
  }

  private static String describe(JsonNode leak) {
    var trace = leak.path("trace");
    if (leak.path("to").isString()) {
      return "%s told %s the %s (%s) in entry %d, %s: %s"
          .formatted(
              JournalLines.name(leak.path("participant")),
              JournalLines.name(leak.path("to")),
              leak.path("datum").asString(),
              leak.path("rule").asString(),
              trace.path("seq").asLong(),
              trace.path("where").asString(),
              trace.path("value").asString());
    }
    return "%s was told the %s (%s) by %s in entry %d, %s: %s"
        .formatted(
            JournalLines.name(leak.path("participant")),
            leak.path("datum").asString(),
            leak.path("rule").asString(),
            JournalLines.name(trace.path("from")),
            trace.path("seq").asLong(),
            trace.path("where").asString(),
            trace.path("value").asString());
  }
}
