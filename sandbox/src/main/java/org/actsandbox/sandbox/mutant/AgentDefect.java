package org.actsandbox.sandbox.mutant;

import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.ModelAndInterpreter;
import org.actsandbox.sandbox.world.World;

/** Represents a defect of the buyer agent. */
public non-sealed interface AgentDefect extends Defect {

  /**
   * Changes what the agent works with.
   *
   * @param world the whole world, for defects that use data which an honest agent does not have
   */
  default AgentWorld changeWorld(AgentWorld honest, World world) {
    return honest;
  }

  default ModelAndInterpreter model(ModelAndInterpreter honest) {
    return honest;
  }
}
