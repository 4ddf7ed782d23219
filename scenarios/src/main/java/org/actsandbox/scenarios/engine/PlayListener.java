package org.actsandbox.scenarios.engine;

import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;

/** Follows a scenario while it is played; all methods are called on the thread that plays it. */
public interface PlayListener {

  /** A listener that does nothing. */
  PlayListener NONE = new PlayListener() {};

  /** Called when the world was made and before anything happens in it. */
  default void opened(Script script, TargetWorld targetWorld) {}

  /**
   * Called before a step is played.
   *
   * @param explanation the file's note on the step; otherwise a sentence that says what the step
   *     does
   */
  default void stepStarted(ScenarioStep scenarioStep, Text explanation) {}

  default void stepFinished(StepResult result) {}

  default void finished(ScenarioVerdict scenarioVerdict) {}
}
