package org.actsandbox.sandbox.wiring;

import org.actsandbox.sandbox.tamper.TamperLab;
import org.actsandbox.sandbox.tamper.TamperOverlay;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/** Opens the tamper lab of a world. */
@Component
class TamperLabFactory implements ParticipantFactory<TamperLab> {

  @Override
  public Class<TamperLab> type() {
    return TamperLab.class;
  }

  @Override
  public TamperLab open(World world) {
    return new TamperLab(
        world.participant(TrustService.class).world(),
        world.participant(TamperOverlay.class),
        world.faults());
  }
}
