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
 * What was acknowledged survives {@code kill -9}, and what is owed is done once. A start takes
 * longer than most stories, so all of them share one server, its two kills and its restarts. A
 * story that fails is told no further; the others are.
 */
class KillScenarioTests {

  @TestFactory
  Stream<DynamicTest> everyStory(@TempDir Path data) throws IOException {
    int port = SandboxProcess.freePort();
    var stories = stories();
    try (var server = SandboxProcess.start(data, port)) {
      stories.forEach(story -> story.begins(server));
      stories.forEach(story -> story.goesOn(server, KillStory::getsUnderWay));
    }
    try (var server = SandboxProcess.start(data, port)) {
      stories.forEach(story -> story.goesOn(server, KillStory::afterTheKill));
    }
    try (var server = SandboxProcess.start(data, port)) {
      stories.forEach(story -> story.goesOn(server, KillStory::afterAnotherKill));
    }
    return stories.stream().map(story -> DynamicTest.dynamicTest(story.name, story::isTold));
  }

  /** What is slow lasts a minute, so the buyers come last: they are at it when the kill comes. */
  private static List<Told> stories() {
    return List.of(
        new Told("a purchase that was paid, and one that was not", DeliveryKillStory::begun),
        new Told("what a purchase leaves behind is not recorded yet", EvidenceKillStory::begun),
        new Told("a decided dispute is not paid back yet", RefundKillStory::begun),
        cutOff("sandbox-pay", "POST /autonomous-payments", 1),
        cutOff("lingobee", "POST /services/translate", 1),
        cutOff("sandbox-delegations", "POST /iacs/*/revoke", 0),
        new Told("buyers in the middle of their purchases", PurchasesKillStory::begun));
  }

  /** A task that waits for somebody slow, from a call of this kind on. */
  private static Told cutOff(String participant, String operation, int after) {
    return new Told(
        "a task waits for " + operation,
        scenarioTestWorld -> TaskKillStory.begun(scenarioTestWorld, participant, operation, after));
  }

  /** How far a story was told, and what it failed with. */
  private static final class Told {

    private final String name;
    private final Function<ScenarioTestWorld, KillStory> beginning;
    private @Nullable ScenarioTestWorld scenarioTestWorld;
    private @Nullable KillStory story;
    private @Nullable Throwable failure;

    Told(String name, Function<ScenarioTestWorld, KillStory> beginning) {
      this.name = name;
      this.beginning = beginning;
    }

    void begins(SandboxProcess server) {
      keepingItsFailure(
          () -> {
            var opened = ScenarioTestWorld.open(server.origin(), server.outbound());
            story = beginning.apply(opened);
            scenarioTestWorld = opened;
          });
    }

    void goesOn(SandboxProcess server, BiConsumer<KillStory, ScenarioTestWorld> part) {
      var told = story;
      var where = scenarioTestWorld;
      if (failure == null && told != null && where != null) {
        keepingItsFailure(() -> part.accept(told, where.over(server.outbound())));
      }
    }

    private void keepingItsFailure(Runnable part) {
      try {
        part.run();
      } catch (AssertionError | RuntimeException failed) {
        failure = failed;
      }
    }

    /** Where it failed is in the cause; surefire cuts the trace and the name off. */
    void isTold() {
      if (failure != null) {
        throw new AssertionError(name + ": " + failure.getMessage(), failure);
      }
    }
  }
}
