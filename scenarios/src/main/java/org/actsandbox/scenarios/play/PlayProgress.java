package org.actsandbox.scenarios.play;

import java.util.List;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.engine.StepResult;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.jspecify.annotations.Nullable;

/**
 * How far a play has come, at one moment.
 *
 * @param current the step that is told and about to happen, or happening; null between steps
 * @param done the steps so far, in order; only a last one can have failed
 * @param verdict null until it is over, and when it was stopped before its end
 */
public record PlayProgress(
    State state,
    @Nullable ScenarioStep current,
    List<StepResult> done,
    @Nullable ScenarioVerdict verdict) {

  public enum State {
    RUNNING,
    /** Waits before {@code current} until somebody lets it go on. */
    PAUSED,
    FINISHED,
    STOPPED;

    public boolean isOver() {
      return this == FINISHED || this == STOPPED;
    }
  }
}
