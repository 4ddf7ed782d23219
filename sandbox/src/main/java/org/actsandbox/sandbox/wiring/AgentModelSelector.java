package org.actsandbox.sandbox.wiring;

import org.actsandbox.agent.ModelAndInterpreter;
import org.actsandbox.sandbox.world.ModelChoice;

/**
 * Selects the language model of a world's buyer agent: the configured or the built-in one.
 *
 * @param configured model of the server's settings; the built-in one where they name none
 */
record AgentModelSelector(ModelAndInterpreter configured, ModelAndInterpreter builtIn) {

  ModelAndInterpreter of(ModelChoice choice) {
    return switch (choice) {
      case CONFIGURED -> configured;
      case BUILT_IN -> builtIn;
    };
  }
}
