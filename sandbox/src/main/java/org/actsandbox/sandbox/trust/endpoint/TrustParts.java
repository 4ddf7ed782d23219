package org.actsandbox.sandbox.trust.endpoint;

import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.sandbox.trust.TrustVerifier;
import org.actsandbox.sandbox.trust.chain.AnchorLog;
import org.actsandbox.sandbox.trust.record.AnchorSubmitter;

/**
 * Chooses the parts of the trust service. Each method is called once when the service opens, gets
 * the standard part and returns the one to use: the same, except in a mutant.
 */
public interface TrustParts {

  TrustParts STANDARD = new TrustParts() {};

  /** Returns the outbox to which participants report their events. */
  default Attestations attestations(Attestations standard) {
    return standard;
  }

  /** Returns the client that submits anchors to the chain. */
  default AnchorSubmitter anchorSubmitter(AnchorSubmitter standard) {
    return standard;
  }

  /** Returns the log that anchors are appended to. */
  default AnchorLog anchorLog(AnchorLog standard) {
    return standard;
  }

  default TrustVerifier trustVerifier(TrustVerifier standard) {
    return standard;
  }
}
