package org.actsandbox.scenarios.engine.step;

import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays the step of one verb in a scenario's world. */
@FunctionalInterface
public interface StepAction {

  /**
   * Plays the step.
   *
   * @param arguments the step's arguments with all captured values filled in
   * @return the facts that expectations and captures see
   * @throws UnplayableStep if the step cannot be played at all
   */
  ObjectNode play(ScenarioContext scenarioContext, JsonNode arguments);
}
