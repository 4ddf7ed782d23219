package org.actsandbox.scenarios.check.report;

import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.actsandbox.scenarios.check.run.CheckTotal;

/** Writes results as text for a terminal. */
public final class CheckText {

  private CheckText() {}

  /** Returns one line for a result. */
  public static String line(CheckResult result) {
    var text =
        "%-14s %-34s %s"
            .formatted(
                result.known() ? "known " + result.verdict().word() : result.verdict().word(),
                result.check().id(),
                result.verdict() == CheckVerdict.PASS ? result.check().does() : reason(result));
    return text.stripTrailing();
  }

  private static String reason(CheckResult result) {
    var finding = result.finding();
    if (finding == null || result.verdict() == CheckVerdict.HARNESS_ERROR) {
      return oneLine(result.reason().in("en"));
    }
    return oneLine("expected " + finding.expected() + ", observed " + finding.observed());
  }

  private static String oneLine(String text) {
    var line = text.replaceAll("\\s+", " ");
    return line.length() <= 220 ? line : line.substring(0, 220) + "…";
  }

  /** Returns the whole text of a finding, with its messages. */
  public static String finding(CheckResult result) {
    var check = result.check();
    var finding = java.util.Objects.requireNonNull(result.finding());
    var text = new StringJoiner("\n");
    text.add(
        "%s %s (%s, %s of %s)"
            .formatted(
                result.verdict().word().toUpperCase(java.util.Locale.ROOT),
                check.id(),
                check.strength(),
                String.join(", ", check.rules()),
                check.rule().components().getFirst().code()));
    text.add("  rule      " + check.rule().meaning("en"));
    text.add("  does      " + check.does());
    text.add("  expected  " + finding.expected());
    text.add("  observed  " + oneLine(finding.observed().in("en")));
    text.add("  why       " + check.why());
    text.add("  mend      " + check.mend());
    if (check.scenario() != null) {
      text.add("  played by ./run scenario " + check.scenario());
    }
    if (!finding.exchanges().isEmpty()) {
      var last = finding.exchanges().getLast();
      text.add("  " + last.title());
      text.add(last.request().indent(4).stripTrailing());
      text.add(last.answer().indent(4).stripTrailing());
      text.add("  again");
      text.add(last.curl().indent(4).stripTrailing());
    }
    return text.toString();
  }

  /** Returns the last lines of a run. */
  public static String summary(CheckReport report) {
    var text = new StringJoiner("\n");
    text.add(
        "%s at level %s: %s. %s, %.1f s."
            .formatted(
                report.target(),
                report.level().code(),
                report.total().word(),
                report.counts().entrySet().stream()
                    .map(each -> each.getValue() + " " + each.getKey().word())
                    .collect(Collectors.joining(", ")),
                report.took().toMillis() / 1000.0));
    report
        .stale()
        .forEach(
            id -> text.add("known deviation " + id + " no longer occurs: take it out of the file"));
    if (!report.fixed().isEmpty()) {
      text.add("fixed since the last run: " + String.join(", ", report.fixed()));
    }
    if (report.total() == CheckTotal.INCOMPLETE) {
      text.add("No deviation, but not every MUST was proven; each line above says why.");
    }
    text.add("A sandbox's result, and not an official certificate.");
    return text.toString();
  }
}
