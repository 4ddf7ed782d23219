package org.actsandbox.scenarios.report;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.actsandbox.scenarios.engine.Failure;
import org.actsandbox.scenarios.engine.Verdict;
import org.actsandbox.scenarios.script.Script;

/** A failure told in full: expected and observed, the journal around it, how to see it again. */
public final class FailureText {

  private static final int MAX_LINES = 12;

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
    sourceLines(verdict.script(), failure).forEach(line -> text.add("    " + line));
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

  /** The step or expectation as the file has it, with its line numbers. */
  private static List<String> sourceLines(Script script, Failure failure) {
    var place = failure.place();
    // An included setup is another file, whose text is not at hand.
    if (!place.file().equals(script.place().file()) || place.equals(script.place())) {
      return List.of();
    }
    var lines = script.source().lines().toList();
    int from = place.line() - 1;
    int to = from + 1;
    int indent = indent(lines.get(from));
    while (to < lines.size()
        && to - from < MAX_LINES
        && (lines.get(to).isBlank() || indent(lines.get(to)) > indent)) {
      to++;
    }
    return IntStream.range(from, to)
        .mapToObj(at -> "%4d | %s".formatted(at + 1, lines.get(at)))
        .toList();
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
