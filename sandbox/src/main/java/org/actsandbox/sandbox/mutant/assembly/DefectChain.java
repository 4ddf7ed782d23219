package org.actsandbox.sandbox.mutant.assembly;

import java.util.List;
import java.util.function.BiFunction;

/**
 * Applies several defects to a part, one after the other.
 *
 * @param <D> kind of the defects
 */
record DefectChain<D>(List<D> defects) {

  /** Returns the part after all defects have changed it. */
  <T> T applyTo(T standard, BiFunction<D, T, T> change) {
    var part = standard;
    for (var defect : defects) {
      part = change.apply(defect, part);
    }
    return part;
  }
}
