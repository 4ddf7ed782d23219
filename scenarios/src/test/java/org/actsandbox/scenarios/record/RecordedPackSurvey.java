package org.actsandbox.scenarios.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.scenarios.SandboxExtension;
import org.actsandbox.scenarios.engine.PackRun;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.Script;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Records and plays again every scenario of the pack, or of one theme. This takes too long for
 * every build; run it by hand after a change of the recorder or of a verb ({@code
 * -Dtest=RecordedPackSurvey -Dact.recorded=all} or {@code authority}).
 */
@ExtendWith(SandboxExtension.class)
@EnabledIfSystemProperty(named = "act.recorded", matches = ".+")
class RecordedPackSurvey extends RecordingTestBase {

  /** Limits the name of a recording, which gets a suffix. */
  private static final int MAX_NAME_CHARS = 50;

  /** The scenarios with recordings that cannot pass, with the reason. */
  private static final Map<String, String> KNOWN_FAILURES = Map.of();

  @TestFactory
  Stream<DynamicTest> aRecordedScenarioPassesAgain(TargetServer targetServer) {
    var theme = System.getProperty("act.recorded", "all");
    return ScenarioPack.load().all().stream()
        .filter(script -> List.of("all", script.theme()).contains(theme))
        .map(script -> DynamicTest.dynamicTest(script.name(), () -> again(script, targetServer)));
  }

  private static void again(Script script, TargetServer targetServer) {
    var world = PackRun.worldName(script, "recorded");
    try (var scenarioPlayer = new ScenarioPlayer(script, targetServer, world, PlayListener.NONE)) {
      assertPassed(scenarioPlayer.play());
      var name = script.name().substring(0, Math.min(MAX_NAME_CHARS, script.name().length()));
      var recording =
          recorded(targetServer, scenarioPlayer.target().orElseThrow(), name + "-again");
      scenarioPlayer.deleteWorld();
      passes(recording, targetServer, KNOWN_FAILURES.get(script.name()));
    }
  }

  private static void passes(Script recorded, TargetServer targetServer, @Nullable String whyNot) {
    var world = PackRun.worldName(recorded, "again");
    try (var scenarioPlayer =
        new ScenarioPlayer(recorded, targetServer, world, PlayListener.NONE)) {
      var scenarioVerdict = scenarioPlayer.play();
      if (whyNot == null) {
        assertPassed(scenarioVerdict);
      } else {
        assertThat(scenarioVerdict.passed()).as("no longer so: " + whyNot).isFalse();
      }
      scenarioPlayer.deleteWorld();
    }
  }
}
