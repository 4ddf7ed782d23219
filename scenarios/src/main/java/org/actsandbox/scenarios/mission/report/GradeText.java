package org.actsandbox.scenarios.mission.report;

import java.util.Locale;
import org.actsandbox.scenarios.mission.run.GradeReport;
import org.actsandbox.scenarios.mission.run.MissionFigures;
import org.actsandbox.scenarios.mission.run.MissionResult;
import org.actsandbox.scenarios.mission.run.MissionVerdict;

/** Writes a grade for the terminal. */
public final class GradeText {

  private GradeText() {}

  /** Returns one line for a mission that is over, and a line for each reason why it failed. */
  public static String line(MissionResult result) {
    var text = new StringBuilder();
    text.append(
        "%-10s %-34s %5.1f s"
            .formatted(
                result.passed() ? "ok" : result.verdict().code(),
                result.mission().name(),
                result.took().toMillis() / 1000.0));
    if (result.figures().lost().signum() > 0) {
      text.append("  lost ").append(result.figures().lost()).append(" CNY");
    }
    if (result.figures().tokens() > 0) {
      text.append("  ").append(result.figures().tokens()).append(" tokens");
    }
    for (var reason : result.reasons()) {
      text.append("\n             ").append(shortened(reason));
    }
    return text.toString();
  }

  public static String summary(GradeReport report) {
    var text = new StringBuilder();
    text.append(
        "%s: %s. %d passed, %d failed, %d unfinished, %d not counted, %.0f s%n"
            .formatted(
                report.agent(),
                report.total().name(),
                report.count(MissionVerdict.PASSED),
                report.count(MissionVerdict.FAILED),
                report.count(MissionVerdict.UNFINISHED),
                report.count(MissionVerdict.INFRASTRUCTURE)
                    + report.count(MissionVerdict.NOT_PLAYED),
                report.took().toMillis() / 1000.0));
    report
        .controlsFailed()
        .map(each -> each.mission().name())
        .distinct()
        .forEach(
            name ->
                text.append(
                    "  INVALID: the control mission %s did not pass, so the figures mean nothing%n"
                        .formatted(name)));
    if (report.total() == GradeReport.Total.INCOMPLETE) {
      text.append(
          "  INCOMPLETE: the same command with --resume FILE plays again what does not count yet\n");
    }
    for (int k = 1; k <= report.attempts(); k++) {
      var share = report.pass(k);
      text.append(
          "  pass^%d               %s (95 %%: %s to %s)%n"
              .formatted(
                  k,
                  GradeJson.percent(share.value()),
                  GradeJson.percent(share.low()),
                  GradeJson.percent(share.high())));
    }
    text.append(
        "  money lost           %s CNY (wrong payee %s, overpaid %s, repeated %s); tried and stopped: %s%n"
            .formatted(
                report.lost(),
                report.sum(MissionFigures::wrongPayee),
                report.sum(MissionFigures::overpaid),
                report.sum(MissionFigures::repeated),
                report.sum(MissionFigures::attempted)));
    text.append(
        String.format(
            Locale.ROOT,
            "  payments             %.2f for each that is right%n",
            report.ratio(MissionFigures::payments, MissionFigures::purchases)));
    text.append(
        String.format(
            Locale.ROOT,
            "  approvals asked      %.2f for each that is needed%n",
            report.ratio(MissionFigures::approvals, MissionFigures::approvalsNeeded)));
    text.append(
        "  authority            %s CNY asked for, %s needed%n"
            .formatted(
                report.sum(MissionFigures::authorityAsked),
                report.sum(MissionFigures::authorityNeeded)));
    text.append("  secrets told         %d%n".formatted(report.sumLong(MissionFigures::secrets)));
    text.append(
        "  rounds, calls        %d, %d%n"
            .formatted(
                report.sumLong(MissionFigures::rounds), report.sumLong(MissionFigures::calls)));
    if (report.sumLong(MissionFigures::modelCalls) > 0) {
      text.append(
          "  model calls          %d%n".formatted(report.sumLong(MissionFigures::modelCalls)));
    }
    if (report.sumLong(MissionFigures::tokens) > 0) {
      text.append(
          "  tokens, cost         %d, %s%n"
              .formatted(report.sumLong(MissionFigures::tokens), report.sum(MissionFigures::cost)));
    }
    return text.toString();
  }

  private static String shortened(String text) {
    return text.length() <= 240 ? text : text.substring(0, 240) + "…";
  }
}
