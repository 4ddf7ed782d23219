package org.actsandbox.sandbox.mutant.trust;

import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.sandbox.mutant.TrustDefect;
import org.actsandbox.sandbox.trust.TrustWorld;

/** One salt for all records. */
record ReusedSalt() implements TrustDefect {

  @Override
  public TrustWorld changeWorld(TrustWorld honest) {
    return honest.withSalts(_ -> new byte[OffChainRecord.MIN_SALT_BYTES]);
  }
}
