package org.actsandbox.sandbox.mutant;

import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.endpoint.TrustParts;
import org.actsandbox.sandbox.world.World;

/** Of the trust service. */
public non-sealed interface TrustDefect extends Defect {

  default TrustWorld changeWorld(TrustWorld honest) {
    return honest;
  }

  /**
   * @param world what the service could know if it looked
   */
  default TrustParts parts(World world) {
    return TrustParts.STANDARD;
  }
}
