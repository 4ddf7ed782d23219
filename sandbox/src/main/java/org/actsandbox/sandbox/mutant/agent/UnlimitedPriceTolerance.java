package org.actsandbox.sandbox.mutant.agent;

import java.math.BigDecimal;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.agent.PrincipalProfile;
import org.actsandbox.sandbox.mutant.AgentDefect;
import org.actsandbox.sandbox.world.World;

/** Thinks that its principal does not mind what anything costs. */
record UnlimitedPriceTolerance() implements AgentDefect {

  private static final PriceTolerance ANY =
      new PriceTolerance(new BigDecimal("1000000"), PriceTolerance.Action.PAUSE_AND_NOTIFY);

  @Override
  public AgentWorld changeWorld(AgentWorld honest, World world) {
    var known = honest.principal();
    return honest.withPrincipalProfile(
        new PrincipalProfile(
            known.language(),
            known.homeCity(),
            known.homeStation(),
            known.guests(),
            known.shipTo(),
            ANY));
  }
}
