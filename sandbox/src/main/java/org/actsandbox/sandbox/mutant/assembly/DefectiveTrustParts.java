package org.actsandbox.sandbox.mutant.assembly;

import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.sandbox.trust.TrustVerifier;
import org.actsandbox.sandbox.trust.chain.AnchorLog;
import org.actsandbox.sandbox.trust.endpoint.TrustParts;
import org.actsandbox.sandbox.trust.record.AnchorSubmitter;

/** Provides the parts of a trust service with several defects applied one after the other. */
record DefectiveTrustParts(DefectChain<TrustParts> defects) implements TrustParts {

  @Override
  public Attestations attestations(Attestations standard) {
    return defects.applyTo(standard, TrustParts::attestations);
  }

  @Override
  public AnchorSubmitter anchorSubmitter(AnchorSubmitter standard) {
    return defects.applyTo(standard, TrustParts::anchorSubmitter);
  }

  @Override
  public AnchorLog anchorLog(AnchorLog standard) {
    return defects.applyTo(standard, TrustParts::anchorLog);
  }

  @Override
  public TrustVerifier trustVerifier(TrustVerifier standard) {
    return defects.applyTo(standard, TrustParts::trustVerifier);
  }
}
