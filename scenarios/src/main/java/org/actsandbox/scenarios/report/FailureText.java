package org.actsandbox.scenarios.report;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.actsandbox.scenarios.engine.ScenarioFailure;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.script.Script;

/**
 * Writes the full text of a failure: expected and observed values, the last journal entries, and
 * the command that plays the scenario again.
 */
public final class FailureText {

  private static final int MAX_LINES = 12;

  private FailureText() {}

  /**
   * Builds the text of one failure, in several lines.
   *
   * @param replay the command that plays the scenario again
   */
  public static String of(
      ScenarioVerdict scenarioVerdict, ScenarioFailure scenarioFailure, String replay) {
    var text = new StringJoiner("\n");
    text.add(
        "FAILED %s at %s (%s)"
            .formatted(
                scenarioVerdict.script().name(),
                scenarioFailure.place(),
                scenarioFailure.step() == 0
                    ? scenarioFailure.doing()
                    : "step %d, %s".formatted(scenarioFailure.step(), scenarioFailure.doing())));
    sourceLines(scenarioVerdict.script(), scenarioFailure).forEach(line -> text.add("    " + line));
    for (var mismatch : scenarioFailure.mismatches()) {
      text.add("  " + mismatch.at());
      text.add("    expected  " + mismatch.expected());
      text.add("    observed  " + mismatch.observed());
    }
    if (!scenarioFailure.journal().isEmpty()) {
      text.add("  the journal's last entries, world " + scenarioVerdict.world());
      scenarioFailure.journal().forEach(line -> text.add("    " + line));
    }
    text.add("  again: " + replay);
    return text.toString();
  }

  /** Returns the lines of the step or the expectation in the file, with their numbers. */
  private static List<String> sourceLines(Script script, ScenarioFailure scenarioFailure) {
    var sourceLocation = scenarioFailure.place();
    // The text of an included setup is not available here.
    if (!sourceLocation.file().equals(script.place().file())
        || sourceLocation.equals(script.place())) {
      return List.of();
    }
    var lines = script.source().lines().toList();
    int from = sourceLocation.line() - 1;
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
