package org.actsandbox.sandbox.mutant.assembly;

import java.util.List;
import java.util.function.BiFunction;

/**
 * Defects one upon the other.
 *
 * @param <D> what each of them may change
 */
record DefectChain<D>(List<D> defects) {

  /** The part that the last one leaves of the standard's. */
  <T> T applyTo(T standard, BiFunction<D, T, T> change) {
    var part = standard;
    for (var defect : defects) {
      part = change.apply(defect, part);
    }
    return part;
  }
}
