package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Represents something in a world of its own that two kills of a sandbox interrupt. {@link
 * KillScenarioTests} runs all stories on the same server; a story's factory method is its
 * beginning.
 */
interface KillStory {

  /** Starts the work that the first kill interrupts; it is under way when this returns. */
  default void startInterruptedWork(ScenarioTestWorld scenarioTestWorld) {}

  void afterTheKill(ScenarioTestWorld scenarioTestWorld);

  /** Checks a story that has work left after the first kill. */
  default void afterAnotherKill(ScenarioTestWorld scenarioTestWorld) {}

  /**
   * Waits in real time until the condition holds. It checks with pauses, because each check costs
   * the server as much as a step of the story.
   */
  static void await(BooleanSupplier what, String otherwise) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!what.getAsBoolean()) {
      assertThat(System.nanoTime()).as(otherwise).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
