package org.actsandbox.web.console.play;

import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.StepResult;
import org.actsandbox.scenarios.explain.StepExplanations;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.web.console.comparison.StepMark;

/** Records how far the journal is after each step of a run, and what the principals own then. */
final class StepMarkRecorder implements PlayListener {

  private final ScenarioRun.Part part;
  private final String world;
  private final Worlds worlds;
  private final EndStateReader endStateReader;
  private Text explanation = Text.untranslated("");

  StepMarkRecorder(
      ScenarioRun.Part part, String world, Worlds worlds, EndStateReader endStateReader) {
    this.part = part;
    this.world = world;
    this.worlds = worlds;
    this.endStateReader = endStateReader;
  }

  @Override
  public void opened(Script script, TargetWorld targetWorld) {
    mark(0);
  }

  @Override
  public void stepStarted(ScenarioStep scenarioStep, Text stepExplanation) {
    explanation = StepExplanations.of(scenarioStep, ConsoleStepNames.NAMES);
    part.stepStarted(scenarioStep, stepExplanation);
  }

  @Override
  public void stepFinished(StepResult result) {
    mark(result.step().number());
  }

  private void mark(int step) {
    worlds
        .find(world)
        .ifPresent(
            found ->
                part.mark(
                    new StepMark(
                        step,
                        explanation,
                        found.journalStore().lastSeq(),
                        endStateReader.funds(found))));
  }
}
