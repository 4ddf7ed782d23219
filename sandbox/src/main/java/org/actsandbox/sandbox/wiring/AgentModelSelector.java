package org.actsandbox.sandbox.wiring;

import org.actsandbox.agent.ModelAndInterpreter;
import org.actsandbox.sandbox.world.ModelChoice;

/**
 * What the buyer agents of all worlds think with.
 *
 * @param configured as the server's configuration says; the other one where it says nothing
 */
record AgentModelSelector(ModelAndInterpreter configured, ModelAndInterpreter builtIn) {

  ModelAndInterpreter of(ModelChoice choice) {
    return switch (choice) {
      case CONFIGURED -> configured;
      case BUILT_IN -> builtIn;
    };
  }
}
