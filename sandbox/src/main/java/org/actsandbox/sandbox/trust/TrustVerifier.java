package org.actsandbox.sandbox.trust;

import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.verification.UpstreamVerifier;

/** Verifies records for whoever asks. */
public interface TrustVerifier {

  /**
   * A record that the trust service keeps, alone or with everything upstream of it.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found} when asked for it alone
   */
  UpstreamVerifier.ChainVerification verify(String recordId, boolean upstream);

  /** A record that somebody shows. */
  UpstreamVerifier.ChainVerification verify(String recordId, RecordCodec.ReadResult shown);
}
