package org.actsandbox.sandbox.wiring;

import org.actsandbox.sandbox.tamper.Lab;
import org.actsandbox.sandbox.tamper.Overlay;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/** Opens the tamper lab of a world. */
@Component
class LabInWorld implements ParticipantFactory<Lab> {

  @Override
  public Class<Lab> type() {
    return Lab.class;
  }

  @Override
  public Lab open(World world) {
    return new Lab(world.part(Trust.class).world(), world.part(Overlay.class), world.faults());
  }
}
