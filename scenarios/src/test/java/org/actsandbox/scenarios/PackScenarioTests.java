package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.scenarios.engine.PackRun;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.engine.expect.WorldStateReader;
import org.actsandbox.scenarios.report.FailureText;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.Verb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Plays every file of the pack over HTTP in a world of its own, two at the same time, and checks
 * the plans of the database statements that this caused.
 */
@ExtendWith(SandboxExtension.class)
class PackScenarioTests {

  private static final Set<String> EVENTS = ConcurrentHashMap.newKeySet();

  @BeforeAll
  static void remember(JdbcTemplate database) {
    new StatementPlans(database).remember();
  }

  @AfterAll
  static void noStatementReadsAllOfAWorld(JdbcTemplate database) {
    new StatementPlans(database).assertNarrow();
  }

  /**
   * The absence of an event that no scenario causes proves nothing; most often such an event is
   * misspelt.
   */
  @AfterAll
  static void eventsThatOneScenarioForbidsHappenInAnother() {
    var neverHappened =
        ScenarioPack.load().all().stream()
            .flatMap(PackScenarioTests::expectations)
            .flatMap(expect -> expect.at("/journal").valueStream())
            .flatMap(JsonNode::valueStream)
            .map(entry -> entry.path("event"))
            .filter(JsonNode::isString)
            .map(JsonNode::stringValue)
            .filter(event -> !EVENTS.contains(event))
            .toList();

    assertThat(neverHappened).isEmpty();
  }

  private static Stream<JsonNode> expectations(Script script) {
    return Stream.concat(
        Stream.of(script.expect()),
        script.steps().stream()
            .filter(scenarioStep -> scenarioStep.verb() == Verb.CHECK)
            .map(scenarioStep -> scenarioStep.arguments()));
  }

  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> everyScenarioOfThePackPasses(TargetServer targetServer) {
    return ScenarioPack.load().all().stream()
        .map(script -> DynamicTest.dynamicTest(script.name(), () -> play(script, targetServer)));
  }

  private static void play(Script script, TargetServer targetServer) {
    var world = PackRun.worldName(script, "test");
    try (var scenarioPlayer = new ScenarioPlayer(script, targetServer, world, PlayListener.NONE)) {
      var scenarioVerdict = scenarioPlayer.play();
      scenarioPlayer.target().ifPresent(targetWorld -> remember(targetServer, targetWorld));
      var scenarioFailure = scenarioVerdict.failure();
      if (scenarioFailure != null) {
        fail(FailureText.of(scenarioVerdict, scenarioFailure, "./run scenario " + script.name()));
      }
      scenarioPlayer.deleteWorld();
    }
  }

  private static void remember(TargetServer targetServer, TargetWorld targetWorld) {
    new WorldStateReader(targetWorld, targetServer.outbound())
        .journal()
        .forEach(entry -> EVENTS.add(entry.path("event").asString("")));
  }
}
