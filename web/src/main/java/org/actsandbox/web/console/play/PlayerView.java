package org.actsandbox.web.console.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.engine.Failure;
import org.actsandbox.scenarios.engine.Mismatch;
import org.actsandbox.scenarios.engine.StepResult;
import org.actsandbox.scenarios.explain.Explanations;
import org.actsandbox.scenarios.play.Play;
import org.actsandbox.scenarios.play.Progress;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.Step;
import org.actsandbox.scenarios.script.Verb;
import org.jspecify.annotations.Nullable;

/**
 * A play as its page shows it.
 *
 * @param state running, paused, passed, failed or stopped
 * @param done how many steps are over
 * @param current what is told and about to happen; null between steps and at the end
 */
public record PlayerView(
    Script script,
    String state,
    int done,
    @Nullable Line current,
    List<Line> lines,
    @Nullable Failure failure) {

  /**
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

  static PlayerView of(Play play) {
    var progress = play.progress();
    var lines = new ArrayList<Line>();
    for (var step : play.script().steps()) {
      int at = lines.size();
      lines.add(
          at < progress.done().size()
              ? over(progress.done().get(at))
              : plain(step, step.equals(progress.current()) ? "next" : "waiting"));
    }
    var verdict = progress.verdict();
    return new PlayerView(
        play.script(),
        state(progress),
        progress.done().size(),
        lines.stream().filter(line -> line.state().equals("next")).findFirst().orElse(null),
        List.copyOf(lines),
        verdict == null ? null : verdict.failure());
  }

  /** As it looks before anybody plays it. */
  public static List<Line> script(Script script) {
    return script.steps().stream().map(step -> plain(step, "waiting")).toList();
  }

  public boolean over() {
    return !state.equals("running") && !state.equals("paused");
  }

  /** Whether anybody talks to the demo agent in it. */
  public boolean talks() {
    return script.steps().stream().anyMatch(step -> step.verb() == Verb.SAY);
  }

  private static String state(Progress progress) {
    var verdict = progress.verdict();
    if (verdict != null) {
      return verdict.passed() ? "passed" : "failed";
    }
    return progress.state().name().toLowerCase(Locale.ROOT);
  }

  private static Line plain(Step step, String state) {
    return new Line(step.number(), Explanations.of(step), state, "", "", "", List.of());
  }

  private static Line over(StepResult step) {
    var result = step.result();
    return new Line(
        step.step().number(),
        Explanations.of(step.step()),
        step.passed() ? "done" : "failed",
        result.path("outcome").asString(""),
        result.path("status").isNumber() ? String.valueOf(result.path("status").asInt()) : "",
        result.path("code").asString(""),
        step.mismatches());
  }
}
