package org.actsandbox.web.console.evidence;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.tamper.Lab;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.Frame;
import org.actsandbox.web.console.frame.WaitingThings;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** While something is broken on purpose every page says so. */
@Component
@Order(9)
class TamperedEvidence implements WaitingThings {

  @Override
  public List<Frame.Waiting> in(World world, Caller you) {
    int broken = world.part(Lab.class).breaks().size();
    return broken == 0
        ? List.of()
        : List.of(
            new Frame.Waiting("tampered", broken, "/console/" + world.name() + "/evidence/lab"));
  }
}
