package org.actsandbox.scenarios.engine;

import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.client.TargetWorld;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;

/** Sees a scenario being played; called on the thread that plays it. */
public interface PlayListener {

  PlayListener NOBODY = new PlayListener() {};

  /** The world is there, nothing has happened in it yet. */
  default void opened(Script script, TargetWorld targetWorld) {}

  /**
   * @param explanation what the step does and, where the file says so, what to watch
   */
  default void stepStarted(ScenarioStep scenarioStep, Text explanation) {}

  default void stepFinished(StepResult result) {}

  default void finished(ScenarioVerdict scenarioVerdict) {}
}
