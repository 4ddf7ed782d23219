package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.actsandbox.scenarios.client.Target;
import org.actsandbox.scenarios.engine.Aftermath;
import org.actsandbox.scenarios.engine.PackRun;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.Player;
import org.actsandbox.scenarios.engine.Server;
import org.actsandbox.scenarios.report.FailureText;
import org.actsandbox.scenarios.script.Pack;
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
 * Every file of the pack, played over HTTP in a world of its own, two at a time; and what the
 * database had to do for it.
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
    new StatementPlans(database).areNarrow();
  }

  /** What nobody ever writes down is no news when it is missing: a misspelt event, most often. */
  @AfterAll
  static void whatOneScenarioForbidsHappensInAnother() {
    var unheard =
        Pack.here().all().stream()
            .flatMap(PackScenarioTests::expectations)
            .flatMap(expect -> expect.at("/journal").valueStream())
            .flatMap(JsonNode::valueStream)
            .map(entry -> entry.path("event"))
            .filter(JsonNode::isString)
            .map(JsonNode::stringValue)
            .filter(event -> !EVENTS.contains(event))
            .toList();

    assertThat(unheard).isEmpty();
  }

  private static Stream<JsonNode> expectations(Script script) {
    return Stream.concat(
        Stream.of(script.expect()),
        script.steps().stream()
            .filter(step -> step.verb() == Verb.CHECK)
            .map(step -> step.arguments()));
  }

  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> everyScenarioOfThePackPasses(Server server) {
    return Pack.here().all().stream()
        .map(script -> DynamicTest.dynamicTest(script.name(), () -> plays(script, server)));
  }

  private static void plays(Script script, Server server) {
    var world = PackRun.worldName(script, "test");
    try (var player = new Player(script, server, world, PlayListener.NOBODY)) {
      var verdict = player.play();
      player.target().ifPresent(target -> remember(server, target));
      var failure = verdict.failure();
      if (failure != null) {
        fail(FailureText.of(verdict, failure, "./run scenario " + script.name()));
      }
      player.deleteWorld();
    }
  }

  private static void remember(Server server, Target target) {
    new Aftermath(target, server.outbound())
        .journal()
        .forEach(entry -> EVENTS.add(entry.path("event").asString("")));
  }
}
