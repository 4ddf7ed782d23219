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
 * Every scenario of the pack, or of one theme, recorded and played again: too long for every day,
 * so by hand after a change here or of a verb ({@code -Dtest=RecordedPackSurvey -Dact.recorded=all}
 * or {@code authority}).
 */
@ExtendWith(SandboxExtension.class)
@EnabledIfSystemProperty(named = "act.recorded", matches = ".+")
class RecordedPackSurvey extends RecordingTestBase {

  /** Names of recordings are shorter than those of scenarios may be. */
  private static final int LONGEST = 50;

  /** Recordings that say all they can and have another end; why. */
  private static final Map<String, String> CANNOT = Map.of();

  @TestFactory
  Stream<DynamicTest> recordedItPassesAgain(TargetServer targetServer) {
    var theme = System.getProperty("act.recorded", "all");
    return ScenarioPack.load().all().stream()
        .filter(script -> List.of("all", script.theme()).contains(theme))
        .map(script -> DynamicTest.dynamicTest(script.name(), () -> again(script, targetServer)));
  }

  private static void again(Script script, TargetServer targetServer) {
    var world = PackRun.worldName(script, "told");
    try (var scenarioPlayer = new ScenarioPlayer(script, targetServer, world, PlayListener.NONE)) {
      assertPassed(scenarioPlayer.play());
      var name = script.name().substring(0, Math.min(LONGEST, script.name().length()));
      var told = recorded(targetServer, scenarioPlayer.target().orElseThrow(), name + "-again");
      scenarioPlayer.deleteWorld();
      passes(told, targetServer, CANNOT.get(script.name()));
    }
  }

  private static void passes(Script told, TargetServer targetServer, @Nullable String whyNot) {
    var world = PackRun.worldName(told, "again");
    try (var scenarioPlayer = new ScenarioPlayer(told, targetServer, world, PlayListener.NONE)) {
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
