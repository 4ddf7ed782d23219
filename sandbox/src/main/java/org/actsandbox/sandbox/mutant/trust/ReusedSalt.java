package org.actsandbox.sandbox.mutant.trust;

import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.sandbox.mutant.TrustDefect;
import org.actsandbox.sandbox.trust.TrustWorld;

/** A defect of the trust service: all records have one salt. */
record ReusedSalt() implements TrustDefect {

  @Override
  public TrustWorld changeWorld(TrustWorld honest) {
    return honest.withSalts(_ -> new byte[OffChainRecord.MIN_SALT_BYTES]);
  }
}
