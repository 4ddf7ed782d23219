package org.actsandbox.sandbox.mutant.agent;

import java.util.List;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.sandbox.mutant.AgentDefect;
import org.actsandbox.sandbox.world.World;

/** For it nothing is outside its authority. */
record SkippedOwnCheck() implements AgentDefect {

  @Override
  public AgentWorld changeWorld(AgentWorld honest, World world) {
    var known = honest.delegations();
    return honest.withDelegations(
        new AgentWorld.Delegations(
            known.service(),
            known.base(),
            known.principal(),
            known.forSeveral(),
            (_, _, _) -> List.of()));
  }
}
