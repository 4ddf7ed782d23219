package org.actsandbox.scenarios.engine.step;

import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a verb does. */
@FunctionalInterface
public interface StepAction {

  /**
   * @param arguments with everything captured filled in
   * @return what came out, for expectations and captures
   * @throws UnplayableStep when it cannot be done at all
   */
  ObjectNode play(ScenarioContext scenarioContext, JsonNode arguments);
}
