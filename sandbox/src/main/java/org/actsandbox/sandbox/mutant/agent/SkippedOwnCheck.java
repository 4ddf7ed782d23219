package org.actsandbox.sandbox.mutant.agent;

import java.util.List;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.sandbox.mutant.AgentDefect;
import org.actsandbox.sandbox.world.World;

/** A defect of the agent: it finds no payment outside its authority. */
record SkippedOwnCheck() implements AgentDefect {

  @Override
  public AgentWorld changeWorld(AgentWorld honest, World world) {
    var delegations = honest.delegations();
    return honest.withDelegations(
        new AgentWorld.Delegations(
            delegations.service(),
            delegations.base(),
            delegations.principal(),
            delegations.forSeveral(),
            (_, _, _) -> List.of()));
  }
}
