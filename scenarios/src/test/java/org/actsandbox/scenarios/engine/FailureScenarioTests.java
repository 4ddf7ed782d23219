package org.actsandbox.scenarios.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.actsandbox.scenarios.SandboxExtension;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.report.FailureText;
import org.actsandbox.scenarios.script.ScriptReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the report of a scenario that fails. */
@ExtendWith(SandboxExtension.class)
class FailureScenarioTests {

  @Test
  void allFinalExpectationsThatFailAreReported(TargetServer targetServer) {
    var script =
        ScriptReader.read(
            "fails.yaml",
            """
            scenario: fails
            steps:
              - advance: PT1M
            expect:
              orders: {count: 5}
              trades: {count: 0}
              ledger: {wallet: "1.00"}
            """);

    var scenarioVerdict = new PackRun(targetServer, 1, "failures", 1).play(script);

    var scenarioFailure = Objects.requireNonNull(scenarioVerdict.failure());
    assertThat(scenarioFailure.mismatches()).extracting(Mismatch::at).hasSize(2);
    assertThat(scenarioFailure.place().line()).isEqualTo(5);
    assertThat(FailureText.of(scenarioVerdict, scenarioFailure, "./run scenario fails.yaml"))
        .contains("fails.yaml:5", "orders", "wallet", "20000.00", "./run scenario fails.yaml");
  }

  @Test
  void aWorldThatCannotBeMadeFailsItsScenarioAndNoOther(TargetServer targetServer) {
    var text = "scenario: %s\nworld: {mutants: [%s]}\nsteps:\n  - advance: PT1M\n";
    var broken = ScriptReader.read("a.yaml", text.formatted("a", "no-such-stand-in"));
    var whole = ScriptReader.read("b.yaml", text.formatted("b", "bait-price"));

    var scenarioVerdicts =
        new PackRun(targetServer, 1, "no-world", 1).play(List.of(broken, whole), _ -> {});

    assertThat(scenarioVerdicts).extracting(ScenarioVerdict::passed).containsExactly(false, true);
    assertThat(Objects.requireNonNull(scenarioVerdicts.getFirst().failure()).oneLine())
        .contains("no such mutant", "mutants");
  }
}
