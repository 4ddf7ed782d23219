package org.actsandbox.web.console.port;

import java.util.List;
import org.actsandbox.sandbox.tamper.EvidenceBreak;
import org.actsandbox.sandbox.world.World;

/** Reads the evidence that is broken on purpose in a world. */
public interface TamperingReader {

  /** Returns the breaks that are not healed, the oldest first. */
  List<EvidenceBreak> breaks(World world);
}
