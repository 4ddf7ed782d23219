package org.actsandbox.scenarios.engine;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a verb does. */
@FunctionalInterface
interface Action {

  /**
   * @param arguments with everything captured filled in
   * @return what came out, for expectations and captures
   * @throws CannotPlay when it cannot be done at all
   */
  ObjectNode play(Stage stage, JsonNode arguments);
}
