package org.actsandbox.sandbox.tamper;

import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.trust.TrustWorld;

/**
 * Tells whether this world holds the private key of a participant; external agents keep their own.
 */
final class LocalSigners {

  private LocalSigners() {}

  static boolean hasKeyOf(TrustWorld world, Did participant) {
    try {
      return world.signers().apply(participant, world.now()).did().equals(participant);
    } catch (IllegalArgumentException elsewhere) {
      return false;
    }
  }
}
