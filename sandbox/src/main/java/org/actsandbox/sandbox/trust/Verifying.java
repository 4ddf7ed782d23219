package org.actsandbox.sandbox.trust;

import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.verification.ChainWalk;

/** Verifies records for whoever asks. */
public interface Verifying {

  /**
   * A record that the trust service keeps, alone or with everything upstream of it.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found} when asked for it alone
   */
  ChainWalk.Walk verify(String recordId, boolean upstream);

  /** A record that somebody shows. */
  ChainWalk.Walk verify(String recordId, RecordCodec.Reading shown);
}
