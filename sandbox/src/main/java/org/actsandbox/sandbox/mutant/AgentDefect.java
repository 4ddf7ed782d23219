package org.actsandbox.sandbox.mutant;

import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.ModelAndInterpreter;
import org.actsandbox.sandbox.world.World;

/** Of the buyer agent. */
public non-sealed interface AgentDefect extends Defect {

  /**
   * @param world what a thief could get hold of
   */
  default AgentWorld changeWorld(AgentWorld honest, World world) {
    return honest;
  }

  default ModelAndInterpreter mind(ModelAndInterpreter honest) {
    return honest;
  }
}
