package org.actsandbox.scenarios.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.actsandbox.scenarios.SandboxExtension;
import org.actsandbox.scenarios.report.FailureText;
import org.actsandbox.scenarios.script.Scripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a scenario that fails tells whoever reads it. */
@ExtendWith(SandboxExtension.class)
class FailureScenarioTests {

  @Test
  void everythingThatIsNotTrueInTheEndIsTold(Server server) {
    var script =
        Scripts.read(
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

    var verdict = new PackRun(server, 1, "failures", 1).play(script);

    var failure = Objects.requireNonNull(verdict.failure());
    assertThat(failure.mismatches()).extracting(Mismatch::at).hasSize(2);
    assertThat(failure.place().line()).isEqualTo(5);
    assertThat(FailureText.of(verdict, failure, "./run scenario fails.yaml"))
        .contains("fails.yaml:5", "orders", "wallet", "20000.00", "./run scenario fails.yaml");
  }

  @Test
  void aWorldThatCannotBeMadeFailsItsScenarioAndNoOther(Server server) {
    var text = "scenario: %s\nworld: {mutants: [%s]}\nsteps:\n  - advance: PT1M\n";
    var broken = Scripts.read("a.yaml", text.formatted("a", "no-such-stand-in"));
    var whole = Scripts.read("b.yaml", text.formatted("b", "bait-price"));

    var verdicts = new PackRun(server, 1, "no-world", 1).play(List.of(broken, whole), _ -> {});

    assertThat(verdicts).extracting(Verdict::passed).containsExactly(false, true);
    assertThat(Objects.requireNonNull(verdicts.getFirst().failure()).oneLine())
        .contains("no such mutant", "mutants");
  }
}
