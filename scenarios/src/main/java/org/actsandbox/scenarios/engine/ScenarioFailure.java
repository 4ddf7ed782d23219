package org.actsandbox.scenarios.engine;

import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.script.SourceLocation;

/**
 * Says why a scenario did not pass.
 *
 * @param place the place of the step or the expectation in the file
 * @param step the number of the step; 0 for the final expectations
 * @param doing the verb or the expectation, such as {@code approve} or {@code expect/ledger}
 * @param mismatches the expected and observed values; never empty
 * @param journal the last entries of the world's journal, one line each
 */
public record ScenarioFailure(
    SourceLocation place, int step, String doing, List<Mismatch> mismatches, List<String> journal) {

  /** Returns a copy with more mismatches, because all final expectations are compared. */
  ScenarioFailure and(List<Mismatch> more) {
    return new ScenarioFailure(
        place, step, doing, Stream.concat(mismatches.stream(), more.stream()).toList(), journal);
  }

  /** Returns one line with the place and the first mismatch. */
  public String oneLine() {
    return "%s: %s: %s%s"
        .formatted(
            place,
            doing,
            mismatches.getFirst(),
            mismatches.size() == 1 ? "" : " (and %d more)".formatted(mismatches.size() - 1));
  }
}
