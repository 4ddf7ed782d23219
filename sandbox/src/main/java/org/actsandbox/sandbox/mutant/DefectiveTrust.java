package org.actsandbox.sandbox.mutant;

import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.sandbox.trust.TrustParts;
import org.actsandbox.sandbox.trust.Verifying;
import org.actsandbox.sandbox.trust.chain.Log;
import org.actsandbox.sandbox.trust.record.Submitting;

/** The parts of a trust service with all these defects, one upon the other. */
record DefectiveTrust(Stacked<TrustParts> defects) implements TrustParts {

  @Override
  public Attestations attestations(Attestations standard) {
    return defects.through(standard, TrustParts::attestations);
  }

  @Override
  public Submitting submitting(Submitting standard) {
    return defects.through(standard, TrustParts::submitting);
  }

  @Override
  public Log log(Log standard) {
    return defects.through(standard, TrustParts::log);
  }

  @Override
  public Verifying verifying(Verifying standard) {
    return defects.through(standard, TrustParts::verifying);
  }
}
