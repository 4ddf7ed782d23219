package org.actsandbox.scenarios.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import org.actsandbox.scenarios.engine.ScenarioFailure;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.jspecify.annotations.Nullable;

/**
 * Summarizes a run of scenarios, as {@code ./run scenario --json} prints it.
 *
 * @param seconds wall-clock time of the run, in which several scenarios play at the same time
 */
public record PackReport(List<Line> scenarios, int passed, int failed, BigDecimal seconds) {

  /**
   * Summarizes one scenario.
   *
   * @param failure the failure in one line; null if the scenario passed
   */
  public record Line(
      String name,
      boolean passed,
      BigDecimal seconds,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String failure) {}

  public static PackReport of(List<ScenarioVerdict> scenarioVerdicts, Duration took) {
    var lines =
        scenarioVerdicts.stream()
            .map(
                scenarioVerdict ->
                    new Line(
                        scenarioVerdict.script().name(),
                        scenarioVerdict.passed(),
                        seconds(scenarioVerdict.took()),
                        oneLine(scenarioVerdict.failure())))
            .toList();
    int passed = (int) lines.stream().filter(Line::passed).count();
    return new PackReport(lines, passed, lines.size() - passed, seconds(took));
  }

  static BigDecimal seconds(Duration took) {
    return BigDecimal.valueOf(took.toMillis(), 3).setScale(2, RoundingMode.HALF_UP);
  }

  private static @Nullable String oneLine(@Nullable ScenarioFailure scenarioFailure) {
    return scenarioFailure == null ? null : scenarioFailure.oneLine();
  }
}
