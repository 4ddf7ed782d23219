package org.actsandbox.scenarios.check.report;

import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckReport;

/** Draws a badge for a README. It names the sandbox, and never says certified. */
public final class CheckBadge {

  private static final int CHARACTER = 7;

  private CheckBadge() {}

  public static String of(CheckReport report) {
    var left = "ACT Sandbox " + report.level().code();
    long passed = report.counts().getOrDefault(CheckVerdict.PASS, 0L);
    long deviations = report.counts().getOrDefault(CheckVerdict.DEVIATION, 0L);
    var right =
        switch (report.total()) {
          case CONFORMS -> passed + " checks passed";
          case DEVIATES -> deviations + (deviations == 1 ? " deviation" : " deviations");
          case INCOMPLETE -> "incomplete";
          case HARNESS_ERROR -> "broken";
        };
    var color =
        switch (report.total()) {
          case CONFORMS -> "#0a6b3d";
          case DEVIATES -> "#b3261e";
          case INCOMPLETE, HARNESS_ERROR -> "#5b6470";
        };
    int leftWidth = left.length() * CHARACTER + 12;
    int rightWidth = right.length() * CHARACTER + 12;
    int width = leftWidth + rightWidth;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" role="img" aria-label="%s: %s">
      <title>%s: %s</title>
      <rect width="%d" height="20" rx="3" fill="#444c56"/>
      <rect x="%d" width="%d" height="20" rx="3" fill="%s"/>
      <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
        <text x="%d" y="14">%s</text>
        <text x="%d" y="14">%s</text>
      </g>
    </svg>
    """
        .formatted(
            width,
            left,
            right,
            left,
            right,
            width,
            leftWidth,
            rightWidth,
            color,
            leftWidth / 2,
            left,
            leftWidth + rightWidth / 2,
            right);
  }
}
