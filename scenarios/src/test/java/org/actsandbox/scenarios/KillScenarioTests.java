package org.actsandbox.scenarios;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that everything that was acknowledged survives {@code kill -9}, and that everything that is
 * owed is done once. A start takes longer than most stories, so all of them share one server, its
 * two kills and its restarts. A story that fails is not continued; the others are.
 */
class KillScenarioTests {

  @TestFactory
  Stream<DynamicTest> everyStory(@TempDir Path data) throws IOException {
    int port = SandboxProcess.freePort();
    var stories = stories();
    try (var server = SandboxProcess.start(data, port)) {
      stories.forEach(story -> story.begin(server));
      stories.forEach(story -> story.continueWith(server, KillStory::startInterruptedWork));
    }
    try (var server = SandboxProcess.start(data, port)) {
      stories.forEach(story -> story.continueWith(server, KillStory::afterTheKill));
    }
    try (var server = SandboxProcess.start(data, port)) {
      stories.forEach(story -> story.continueWith(server, KillStory::afterAnotherKill));
    }
    return stories.stream().map(story -> DynamicTest.dynamicTest(story.name, story::assertPassed));
  }

  /**
   * Lists the stories. The faults of the tasks last a minute, so the buyers come last: they are
   * still buying when the kill comes.
   */
  private static List<StoryRun> stories() {
    return List.of(
        new StoryRun("a purchase that was paid, and one that was not", DeliveryKillStory::begun),
        new StoryRun("what a purchase leaves behind is not recorded yet", EvidenceKillStory::begun),
        new StoryRun("a decided dispute is not paid back yet", RefundKillStory::begun),
        cutOff("sandbox-pay", "POST /autonomous-payments", 1),
        cutOff("lingobee", "POST /services/translate", 1),
        cutOff("sandbox-delegations", "POST /iacs/*/revoke", 0),
        new StoryRun("buyers in the middle of their purchases", PurchasesKillStory::begun));
  }

  /**
   * Returns the story of a task that waits for a slow participant, beginning with a call of this
   * operation.
   */
  private static StoryRun cutOff(String participant, String operation, int after) {
    return new StoryRun(
        "a task waits for " + operation,
        scenarioTestWorld -> TaskKillStory.begun(scenarioTestWorld, participant, operation, after));
  }

  /** Runs one story and keeps its state and its failure. */
  private static final class StoryRun {

    private final String name;
    private final Function<ScenarioTestWorld, KillStory> beginning;
    private @Nullable ScenarioTestWorld scenarioTestWorld;
    private @Nullable KillStory story;
    private @Nullable Throwable failure;

    StoryRun(String name, Function<ScenarioTestWorld, KillStory> beginning) {
      this.name = name;
      this.beginning = beginning;
    }

    void begin(SandboxProcess server) {
      runAndKeepFailure(
          () -> {
            var opened = ScenarioTestWorld.open(server.origin(), server.outbound());
            story = beginning.apply(opened);
            scenarioTestWorld = opened;
          });
    }

    void continueWith(SandboxProcess server, BiConsumer<KillStory, ScenarioTestWorld> part) {
      var begun = story;
      var where = scenarioTestWorld;
      if (failure == null && begun != null && where != null) {
        runAndKeepFailure(() -> part.accept(begun, where.over(server.outbound())));
      }
    }

    private void runAndKeepFailure(Runnable part) {
      try {
        part.run();
      } catch (AssertionError | RuntimeException failed) {
        failure = failed;
      }
    }

    /**
     * Throws the failure with the name of the story. The place of the failure is in the cause,
     * because surefire cuts off the trace and the name.
     */
    void assertPassed() {
      if (failure != null) {
        throw new AssertionError(name + ": " + failure.getMessage(), failure);
      }
    }
  }
}
