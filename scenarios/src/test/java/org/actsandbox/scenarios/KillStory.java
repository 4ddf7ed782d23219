package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What two kills of a sandbox hit in a world of its own. {@link KillScenarioTests} tells all
 * stories on the same server; whatever makes one is its beginning.
 */
interface KillStory {

  /** Starts what the first kill is to hit in the middle: it is under way when this returns. */
  default void getsUnderWay(ScenarioTestWorld scenarioTestWorld) {}

  void afterTheKill(ScenarioTestWorld scenarioTestWorld);

  /** For a story that the first kill left with something to do. */
  default void afterAnotherKill(ScenarioTestWorld scenarioTestWorld) {}

  /**
   * Until it is so, in real time; a look costs the killed server as much as a step of the story.
   */
  static void await(BooleanSupplier what, String otherwise) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!what.getAsBoolean()) {
      assertThat(System.nanoTime()).as(otherwise).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
