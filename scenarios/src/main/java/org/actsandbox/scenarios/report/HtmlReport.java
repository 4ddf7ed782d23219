package org.actsandbox.scenarios.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.actsandbox.protocol.document.DocumentTemplate;
import org.actsandbox.scenarios.engine.ScenarioVerdict;

/**
 * Writes the verdicts as one HTML page that loads nothing from elsewhere and has no script; it has
 * a light and a dark theme.
 */
public final class HtmlReport {

  private static final DocumentTemplate TEMPLATE =
      DocumentTemplate.of(HtmlReport.class, "report.html");

  private HtmlReport() {}

  /**
   * Writes the page.
   *
   * @param replay gives the command that plays a scenario again, by the scenario's name
   */
  public static void write(
      Path file, List<ScenarioVerdict> verdicts, Duration took, Function<String, String> replay) {
    try {
      Files.writeString(file, page(verdicts, took, replay));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write " + file, unwritable);
    }
  }

  static String page(
      List<ScenarioVerdict> verdicts, Duration took, Function<String, String> replay) {
    long failed = verdicts.stream().filter(verdict -> !verdict.passed()).count();
    return TEMPLATE.fill(
        Map.of(
            "passed",
            verdicts.size() - failed,
            "failed",
            failed,
            "seconds",
            PackReport.seconds(took).toPlainString(),
            "rows",
            verdicts.stream().map(verdict -> row(verdict, replay)).toList()));
  }

  private static Map<String, Object> row(ScenarioVerdict verdict, Function<String, String> replay) {
    var script = verdict.script();
    var failure = verdict.failure();
    return Map.of(
        "passed",
        failure == null,
        "title",
        script.title().en().isEmpty() ? script.name() : script.title().en(),
        "name",
        script.name(),
        "en",
        script.why().en(),
        "zh",
        script.why().zh(),
        "facts",
        "%s · %s · %s s"
            .formatted(
                script.theme(),
                String.join(", ", script.act()),
                PackReport.seconds(verdict.took()).toPlainString()),
        "failure",
        failure == null ? "" : FailureText.of(verdict, failure, replay.apply(script.name())));
  }
}
