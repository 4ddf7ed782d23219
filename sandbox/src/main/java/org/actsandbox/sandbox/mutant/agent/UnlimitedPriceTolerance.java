package org.actsandbox.sandbox.mutant.agent;

import java.math.BigDecimal;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.agent.PrincipalProfile;
import org.actsandbox.sandbox.mutant.AgentDefect;
import org.actsandbox.sandbox.world.World;

/** A defect of the agent: it accepts any rise of a price. */
record UnlimitedPriceTolerance() implements AgentDefect {

  private static final PriceTolerance ANY =
      new PriceTolerance(new BigDecimal("1000000"), PriceTolerance.Action.PAUSE_AND_NOTIFY);

  @Override
  public AgentWorld changeWorld(AgentWorld honest, World world) {
    var profile = honest.principal();
    return honest.withPrincipalProfile(
        new PrincipalProfile(
            profile.language(),
            profile.homeCity(),
            profile.homeStation(),
            profile.guests(),
            profile.shipTo(),
            ANY));
  }
}
