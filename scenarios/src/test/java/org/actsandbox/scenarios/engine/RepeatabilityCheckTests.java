package org.actsandbox.scenarios.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actsandbox.scenarios.SandboxExtension;
import org.actsandbox.scenarios.report.FailureText;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.ScriptReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests {@code --repeat}: the same file writes the same journal, byte for byte except for real
 * time.
 */
@ExtendWith(SandboxExtension.class)
class RepeatabilityCheckTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trip-hotel-fails-put-right",
        "lost-answer-after-debit",
        "duplicate-notifications"
      })
  void twoRunsWriteTheSameJournal(String name, TargetServer targetServer) {
    var script = ScenarioPack.load().find(name);
    assertThat(script.isRepeatable()).isTrue();

    var scenarioVerdict = new PackRun(targetServer, 1, "repeated", 2).play(script);

    var scenarioFailure = scenarioVerdict.failure();
    assertThat(scenarioFailure == null ? "" : FailureText.of(scenarioVerdict, scenarioFailure, ""))
        .isEmpty();
  }

  @Test
  void theFirstByteThatDiffersIsShown() {
    var script = ScriptReader.read("x.yaml", "scenario: x\nsteps: []\n");

    var scenarioFailure =
        RepeatabilityCheck.difference(script, List.of("{a}", "{b:1}"), List.of("{a}", "{b:2}"), 2);

    assertThat(String.valueOf(scenarioFailure))
        .contains("repeat 2", "journal entry 2: expected {b:1}, observed {b:2}");
    assertThat(RepeatabilityCheck.difference(script, List.of("{a}"), List.of("{a}"), 2)).isNull();
    assertThat(RepeatabilityCheck.difference(script, List.of("{a}"), List.of(), 2)).isNotNull();
  }
}
