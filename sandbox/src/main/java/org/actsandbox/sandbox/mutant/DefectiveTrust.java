package org.actsandbox.sandbox.mutant;

import java.util.List;
import java.util.function.BiFunction;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.sandbox.trust.TrustParts;
import org.actsandbox.sandbox.trust.Verifying;
import org.actsandbox.sandbox.trust.chain.Log;
import org.actsandbox.sandbox.trust.record.Submitting;

/** The parts of a trust service with all these defects, one upon the other. */
record DefectiveTrust(List<TrustParts> defects) implements TrustParts {

  private <T> T through(T standard, BiFunction<TrustParts, T, T> change) {
    var part = standard;
    for (var defect : defects) {
      part = change.apply(defect, part);
    }
    return part;
  }

  @Override
  public Attestations attestations(Attestations standard) {
    return through(standard, TrustParts::attestations);
  }

  @Override
  public Submitting submitting(Submitting standard) {
    return through(standard, TrustParts::submitting);
  }

  @Override
  public Log log(Log standard) {
    return through(standard, TrustParts::log);
  }

  @Override
  public Verifying verifying(Verifying standard) {
    return through(standard, TrustParts::verifying);
  }
}
