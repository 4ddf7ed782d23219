package org.actsandbox.scenarios.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.actsandbox.scenarios.engine.ScenarioFailure;
import org.actsandbox.scenarios.engine.ScenarioVerdict;

/** One self-contained page: no script, nothing from elsewhere, light and dark. */
public final class HtmlReport {

  private HtmlReport() {}

  /**
   * @param replay the command that plays one again, by its name
   */
  public static void write(
      Path file, List<ScenarioVerdict> scenarioVerdicts, Duration took, Function<String, String> replay) {
    try {
      Files.writeString(file, page(scenarioVerdicts, took, replay));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write " + file, unwritable);
    }
  }

  static String page(List<ScenarioVerdict> scenarioVerdicts, Duration took, Function<String, String> replay) {
    long failed = scenarioVerdicts.stream().filter(scenarioVerdict -> !scenarioVerdict.passed()).count();

    var rows = new StringBuilder();
    scenarioVerdicts.forEach(scenarioVerdict -> rows.append(row(scenarioVerdict, replay)));
    return template()
        .replace("{{passed}}", String.valueOf(scenarioVerdicts.size() - failed))
        .replace("{{failed}}", String.valueOf(failed))
        .replace("{{seconds}}", PackReport.seconds(took).toPlainString())
        .replace("{{rows}}", rows);
  }

  private static String row(ScenarioVerdict scenarioVerdict, Function<String, String> replay) {
    var script = scenarioVerdict.script();
    var scenarioFailure = scenarioVerdict.failure();
    return """
        <article class="%s">
          <h2><span class="mark">%s</span> %s <small>%s</small></h2>
          <p lang="en">%s</p>
          <p lang="zh">%s</p>
          <p class="facts">%s · %s · %s s</p>
        %s</article>
        """
        .formatted(
            scenarioFailure == null ? "passed" : "failed",
            scenarioFailure == null ? "passed" : "FAILED",
            escaped(script.title().en().isEmpty() ? script.name() : script.title().en()),
            escaped(script.name()),
            escaped(script.why().en()),
            escaped(script.why().zh()),
            escaped(script.theme()),
            escaped(String.join(", ", script.act())),
            PackReport.seconds(scenarioVerdict.took()).toPlainString(),
            scenarioFailure == null ? "" : told(scenarioVerdict, scenarioFailure, replay.apply(script.name())));
  }

  private static String told(ScenarioVerdict scenarioVerdict, ScenarioFailure scenarioFailure, String replay) {
    return "  <pre>%s</pre>%n".formatted(escaped(FailureText.of(scenarioVerdict, scenarioFailure, replay)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String template() {
    try (var resource = HtmlReport.class.getResourceAsStream("report.html")) {
      return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
