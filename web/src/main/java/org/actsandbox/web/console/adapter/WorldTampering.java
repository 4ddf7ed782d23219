package org.actsandbox.web.console.adapter;

import java.util.List;
import org.actsandbox.sandbox.tamper.EvidenceBreak;
import org.actsandbox.sandbox.tamper.TamperLab;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.TamperingReader;
import org.springframework.stereotype.Component;

/** Reads breaks from the tamper lab of the world. */
@Component
class WorldTampering implements TamperingReader {

  @Override
  public List<EvidenceBreak> breaks(World world) {
    return world.participant(TamperLab.class).breaks();
  }
}
