package org.actsandbox.sandbox.mutant;

import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.endpoint.TrustParts;
import org.actsandbox.sandbox.world.World;

/** Represents a defect of the trust service. */
public non-sealed interface TrustDefect extends Defect {

  default TrustWorld changeWorld(TrustWorld honest) {
    return honest;
  }

  /**
   * Returns the changed parts of the service.
   *
   * @param world the whole world, for defects that use data which an honest service does not have
   */
  default TrustParts parts(World world) {
    return TrustParts.STANDARD;
  }
}
