package org.actsandbox.scenarios.engine;

import java.util.List;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.script.ScenarioStep;
import tools.jackson.databind.JsonNode;

/**
 * Holds the result of a step.
 *
 * @param result the facts that expectations and captures see
 * @param mismatches the expected and observed values; empty if everything was as expected
 */
public record StepResult(ScenarioStep step, JsonNode result, List<Mismatch> mismatches) {

  public boolean passed() {
    return mismatches.isEmpty();
  }
}
