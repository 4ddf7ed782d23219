package org.actsandbox.scenarios.engine;

import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.script.SourceLocation;

/**
 * Why a scenario did not pass.
 *
 * @param place the step or the expectation in the file
 * @param step number of the step, 0 for the expectations in the end
 * @param doing what was being done, {@code approve} or {@code expect/ledger}
 * @param mismatches expected against observed; never empty
 * @param journal the last entries of the world's journal, one line each
 */
public record ScenarioFailure(
    SourceLocation place, int step, String doing, List<Mismatch> mismatches, List<String> journal) {

  /** The same with more that was not as expected: in the end everything is compared. */
  ScenarioFailure and(List<Mismatch> more) {
    return new ScenarioFailure(
        place, step, doing, Stream.concat(mismatches.stream(), more.stream()).toList(), journal);
  }

  /** One line: where and the first thing that was not as expected. */
  public String oneLine() {
    return "%s: %s: %s%s"
        .formatted(
            place,
            doing,
            mismatches.getFirst(),
            mismatches.size() == 1 ? "" : " (and %d more)".formatted(mismatches.size() - 1));
  }
}
