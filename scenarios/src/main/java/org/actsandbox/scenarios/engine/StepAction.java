package org.actsandbox.scenarios.engine;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a verb does. */
@FunctionalInterface
interface StepAction {

  /**
   * @param arguments with everything captured filled in
   * @return what came out, for expectations and captures
   * @throws UnplayableStep when it cannot be done at all
   */
  ObjectNode play(ScenarioContext scenarioContext, JsonNode arguments);
}
