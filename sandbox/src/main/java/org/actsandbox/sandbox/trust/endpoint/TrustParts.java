package org.actsandbox.sandbox.trust.endpoint;

import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.sandbox.trust.TrustVerifier;
import org.actsandbox.sandbox.trust.chain.AnchorLog;
import org.actsandbox.sandbox.trust.record.AnchorSubmitter;

/**
 * What the trust service is put together from. Each method is asked once, when it opens, gets the
 * standard part and answers the one to use: itself, unless somebody builds another service.
 */
public interface TrustParts {

  TrustParts STANDARD = new TrustParts() {};

  /** Where participants leave word. */
  default Attestations attestations(Attestations standard) {
    return standard;
  }

  /** How anchors get to the chain. */
  default AnchorSubmitter anchorSubmitter(AnchorSubmitter standard) {
    return standard;
  }

  /** What takes anchors. */
  default AnchorLog anchorLog(AnchorLog standard) {
    return standard;
  }

  default TrustVerifier trustVerifier(TrustVerifier standard) {
    return standard;
  }
}
