package org.actsandbox.web.console.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.engine.ScenarioFailure;
import org.actsandbox.scenarios.engine.StepResult;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.explain.StepExplanations;
import org.actsandbox.scenarios.play.PlayProgress;
import org.actsandbox.scenarios.play.ScenarioPlay;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.Verb;
import org.jspecify.annotations.Nullable;

/**
 * Shows a play with its steps and its progress.
 *
 * @param state running, paused, passed, failed or stopped
 * @param done number of steps that are over
 * @param current the step that is explained and happens next; null between steps and at the end
 */
public record PlayerView(
    Script script,
    String state,
    int done,
    @Nullable Line current,
    List<Line> lines,
    @Nullable ScenarioFailure failure) {

  /**
   * Shows one step of the script.
   *
   * @param state done, failed, next or waiting
   * @param outcome of the demo agent's turn, or empty
   * @param status of an HTTP answer, or empty
   * @param code of a refusal, or empty
   */
  public record Line(
      int number,
      Text explanation,
      String state,
      String outcome,
      String status,
      String code,
      List<Mismatch> mismatches) {}

  static PlayerView of(ScenarioPlay scenarioPlay) {
    var playProgress = scenarioPlay.progress();
    var lines = new ArrayList<Line>();
    for (var scenarioStep : scenarioPlay.script().steps()) {
      int at = lines.size();
      lines.add(
          at < playProgress.done().size()
              ? over(playProgress.done().get(at))
              : plain(
                  scenarioStep, scenarioStep.equals(playProgress.current()) ? "next" : "waiting"));
    }
    var scenarioVerdict = playProgress.verdict();
    return new PlayerView(
        scenarioPlay.script(),
        state(playProgress),
        playProgress.done().size(),
        lines.stream().filter(line -> line.state().equals("next")).findFirst().orElse(null),
        List.copyOf(lines),
        scenarioVerdict == null ? null : scenarioVerdict.failure());
  }

  /** Returns the lines of a script before it is played. */
  public static List<Line> script(Script script) {
    return script.steps().stream().map(scenarioStep -> plain(scenarioStep, "waiting")).toList();
  }

  public boolean over() {
    return !state.equals("running") && !state.equals("paused");
  }

  /** Tells whether a step of the script talks to the demo agent. */
  public boolean talks() {
    return script.steps().stream().anyMatch(scenarioStep -> scenarioStep.verb() == Verb.SAY);
  }

  private static String state(PlayProgress playProgress) {
    var scenarioVerdict = playProgress.verdict();
    if (scenarioVerdict != null) {
      return scenarioVerdict.passed() ? "passed" : "failed";
    }
    return playProgress.state().name().toLowerCase(Locale.ROOT);
  }

  private static Text explained(ScenarioStep scenarioStep) {
    return StepExplanations.of(scenarioStep, ConsoleStepNames.NAMES);
  }

  private static Line plain(ScenarioStep scenarioStep, String state) {
    return new Line(scenarioStep.number(), explained(scenarioStep), state, "", "", "", List.of());
  }

  private static Line over(StepResult step) {
    var result = step.result();
    return new Line(
        step.step().number(),
        explained(step.step()),
        step.passed() ? "done" : "failed",
        result.path("outcome").asString(""),
        result.path("status").isNumber() ? String.valueOf(result.path("status").asInt()) : "",
        result.path("code").asString(""),
        step.mismatches());
  }
}
