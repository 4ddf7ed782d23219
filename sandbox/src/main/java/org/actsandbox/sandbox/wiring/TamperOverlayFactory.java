package org.actsandbox.sandbox.wiring;

import org.actsandbox.sandbox.tamper.TamperOverlay;
import org.actsandbox.sandbox.tamper.TamperTable;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens the tamper overlay of a world. */
@Component
class TamperOverlayFactory implements ParticipantFactory<TamperOverlay> {

  private final JdbcClient jdbc;

  TamperOverlayFactory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Class<TamperOverlay> type() {
    return TamperOverlay.class;
  }

  @Override
  public TamperOverlay open(World world) {
    return new TamperOverlay(new TamperTable(jdbc, world.partition()));
  }
}
