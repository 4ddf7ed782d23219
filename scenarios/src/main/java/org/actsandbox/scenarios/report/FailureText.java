package org.actsandbox.scenarios.report;

import java.util.StringJoiner;
import org.actsandbox.scenarios.engine.Failure;
import org.actsandbox.scenarios.engine.Verdict;

/** A failure told in full: expected and observed, the journal around it, how to see it again. */
public final class FailureText {

  private FailureText() {}

  /**
   * @param replay the command that plays it again
   */
  public static String of(Verdict verdict, Failure failure, String replay) {
    var text = new StringJoiner("\n");
    text.add(
        "FAILED %s at %s (%s)"
            .formatted(
                verdict.script().name(),
                failure.place(),
                failure.step() == 0
                    ? failure.doing()
                    : "step %d, %s".formatted(failure.step(), failure.doing())));
    for (var mismatch : failure.mismatches()) {
      text.add("  " + mismatch.at());
      text.add("    expected  " + mismatch.expected());
      text.add("    observed  " + mismatch.observed());
    }
    if (!failure.journal().isEmpty()) {
      text.add("  the journal's last entries, world " + verdict.world());
      failure.journal().forEach(line -> text.add("    " + line));
    }
    text.add("  again: " + replay);
    return text.toString();
  }
}
