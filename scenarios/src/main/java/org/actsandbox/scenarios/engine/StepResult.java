package org.actsandbox.scenarios.engine;

import java.util.List;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.script.ScenarioStep;
import tools.jackson.databind.JsonNode;

/**
 * How a step went.
 *
 * @param result what came out of it
 * @param mismatches empty when everything was as expected
 */
public record StepResult(ScenarioStep step, JsonNode result, List<Mismatch> mismatches) {

  public boolean passed() {
    return mismatches.isEmpty();
  }
}
