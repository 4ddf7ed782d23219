package org.actsandbox.web.console.delegations;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.Frame;
import org.actsandbox.web.console.frame.WaitingThings;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Delegations that wait for the principal's decision: one leads to it, more to their list. */
@Component
@Order(2)
class WaitingDelegations implements WaitingThings {

  private final Authorities authorities;

  WaitingDelegations(Authorities authorities) {
    this.authorities = authorities;
  }

  @Override
  public List<Frame.Waiting> in(World world, Caller you) {
    var asked = authorities.waiting(world, you);
    if (asked.isEmpty()) {
      return List.of();
    }
    var to =
        asked.size() == 1
            ? asked.getFirst().page()
            : "/console/" + world.name() + "/delegations#to-confirm";
    return List.of(new Frame.Waiting("delegations", asked.size(), to));
  }
}
