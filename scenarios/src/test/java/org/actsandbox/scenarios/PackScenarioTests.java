package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.fail;

import java.util.stream.Stream;
import org.actsandbox.scenarios.engine.PackRun;
import org.actsandbox.scenarios.engine.Server;
import org.actsandbox.scenarios.report.FailureText;
import org.actsandbox.scenarios.script.Pack;
import org.actsandbox.scenarios.script.Script;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Every file of the pack, played over HTTP in a world of its own, two at a time; and what the
 * database had to do for it.
 */
@ExtendWith(SandboxExtension.class)
class PackScenarioTests {

  @BeforeAll
  static void remember(JdbcTemplate database) {
    new StatementPlans(database).remember();
  }

  @AfterAll
  static void noStatementReadsAllOfAWorld(JdbcTemplate database) {
    new StatementPlans(database).areNarrow();
  }

  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> everyScenarioOfThePackPasses(Server server) {
    return Pack.here().all().stream()
        .map(script -> DynamicTest.dynamicTest(script.name(), () -> plays(script, server)));
  }

  private static void plays(Script script, Server server) {
    var verdict = new PackRun(server, 1, "test", 1).play(script);
    var failure = verdict.failure();
    if (failure != null) {
      fail(FailureText.of(verdict, failure, "./run scenario " + script.name()));
    }
  }
}
