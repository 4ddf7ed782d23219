package org.actsandbox.scenarios.play;

import java.util.List;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.engine.StepResult;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.jspecify.annotations.Nullable;

/**
 * Says how far a play has come at one moment.
 *
 * @param current the step that is announced or being played; null between steps
 * @param done the results of the steps so far, in order; only the last one can be a failure
 * @param verdict the result; null until the play is over, and if it was stopped before its end
 */
public record PlayProgress(
    State state,
    @Nullable ScenarioStep current,
    List<StepResult> done,
    @Nullable ScenarioVerdict verdict) {

  /** Lists the states of a play. */
  public enum State {
    RUNNING,
    /** The play waits before {@code current} until a viewer resumes it. */
    PAUSED,
    FINISHED,
    STOPPED;

    public boolean isOver() {
      return this == FINISHED || this == STOPPED;
    }
  }
}
