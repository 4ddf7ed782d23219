package org.actsandbox.sandbox.trust;

import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.verification.UpstreamVerifier;

/**
 * Verifies records; mutants replace it, {@link
 * org.actsandbox.sandbox.trust.endpoint.VerificationService} has the standard implementation.
 */
public interface TrustVerifier {

  /**
   * Verifies a record that the trust service stores, alone or with all its upstream records.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found} for an unknown record without
   *     {@code upstream}
   */
  UpstreamVerifier.ChainVerification verify(String recordId, boolean upstream);

  /** Verifies a record that the caller presents. */
  UpstreamVerifier.ChainVerification verify(String recordId, RecordCodec.ReadResult shown);
}
