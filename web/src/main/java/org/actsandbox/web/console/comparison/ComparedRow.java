package org.actsandbox.web.console.comparison;

import org.actsandbox.web.console.picture.SequenceRow;
import org.jspecify.annotations.Nullable;

/**
 * Is a row of two runs side by side.
 *
 * @param kind step, message or money
 * @param number of the step
 * @param text what the step does; empty for another kind
 * @param left message of the first run; null if it has none here
 * @param right message of the second run; null if it has none here
 * @param leftNote amounts, or the money that has left the wallet, of the first run
 * @param rightNote the same of the second run
 * @param differs true if the runs are not alike here
 * @param first true for the first difference
 * @param caption one sentence for each run, or one for both
 */
public record ComparedRow(
    String kind,
    int number,
    String text,
    @Nullable SequenceRow left,
    @Nullable SequenceRow right,
    String leftNote,
    String rightNote,
    boolean differs,
    boolean first,
    String caption) {

  ComparedRow asFirst() {
    return new ComparedRow(
        kind, number, text, left, right, leftNote, rightNote, differs, true, caption);
  }
}
