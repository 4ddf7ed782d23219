package org.actsandbox.scenarios.script;

import java.util.Map;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One step of a scenario.
 *
 * @param number from 1, steps of an included setup first
 * @param arguments what stands after the verb; captures are not filled in yet
 * @param expect matchers of what came out, missing node when nothing is said
 * @param capture JSON pointers into what came out, by the name they get
 * @param times how often it is done, each time with the same expectations
 * @param settle whether background work at the present moment is done before the next step
 * @param who the principal it is done by or for; null for the first
 * @param note what the file tells a viewer about this step, in its own words
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
  /** The same with something else after its verb. */
  public ScenarioStep with(JsonNode otherArguments) {
    return new ScenarioStep(
        number, verb, otherArguments, expect, capture, times, settle, who, note, place);
  }
}
