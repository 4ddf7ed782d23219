package org.actsandbox.scenarios.script;

import java.util.Map;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Represents one step of a scenario.
 *
 * @param number position from 1; the steps of an included setup come first
 * @param arguments the value after the verb; references to captured values are not filled in yet
 * @param expect matchers of the step's result; a missing node when the file expects nothing
 * @param capture JSON pointers into the step's result, by the name that the value gets
 * @param times how often the step is played, each time with the same expectations
 * @param settle whether background work that is due now is done before the next step
 * @param who the principal by whom or for whom the step is done; null for the first principal
 * @param note the file's own description of the step for viewers
 */
public record ScenarioStep(
    int number,
    Verb verb,
    JsonNode arguments,
    JsonNode expect,
    Map<String, String> capture,
    int times,
    boolean settle,
    @Nullable String who,
    @Nullable Text note,
    SourceLocation place) {
  /** Returns a copy of this step with other arguments. */
  public ScenarioStep with(JsonNode otherArguments) {
    return new ScenarioStep(
        number, verb, otherArguments, expect, capture, times, settle, who, note, place);
  }

  /** Returns a copy of this step that takes any result. */
  ScenarioStep withoutExpectation() {
    return new ScenarioStep(
        number, verb, arguments, Json.object(), capture, times, settle, who, note, place);
  }
}
