package org.actsandbox.sandbox.wiring;

import org.actsandbox.sandbox.tamper.Overlay;
import org.actsandbox.sandbox.tamper.TamperTable;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens what is broken in a world. */
@Component
class OverlayInWorld implements ParticipantFactory<Overlay> {

  private final JdbcClient jdbc;

  OverlayInWorld(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Class<Overlay> type() {
    return Overlay.class;
  }

  @Override
  public Overlay open(World world) {
    return new Overlay(new TamperTable(jdbc, world.partition()));
  }
}
