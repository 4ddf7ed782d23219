package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.record.SessionRecording;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.ScriptReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests scenarios on a server with a hosted model that is not reachable (ADR 13). */
class ModelScenarioTests {

  private static final String ONE_SENTENCE =
      """
      scenario: one-sentence
      world: {model: configured}
      steps:
        - say: Find me a train to Shanghai tomorrow
          expect: {outcome: failed}
      """;

  private static SandboxExtension.Started started;
  private static TargetServer targetServer;

  @BeforeAll
  static void start() throws IOException {
    started =
        SandboxExtension.Started.start(
            Files.createTempDirectory("act-hosted"),
            "--act.agent.model.provider=openai",
            "--act.agent.model.base-url=http://localhost:1/v1",
            "--act.agent.model.name=any");
    targetServer = new TargetServer(started.origin(), null, started.outbound());
  }

  @AfterAll
  static void stop() throws IOException {
    started.close();
  }

  @Test
  void aScenarioIsPlayedWithTheBuiltInModel() {
    var script = ScenarioPack.load().find("seed-story");
    try (var scenarioPlayer = new ScenarioPlayer(script, targetServer, "seed", PlayListener.NONE)) {
      assertThat(scenarioPlayer.play().failure()).isNull();
      assertThat(recorded(scenarioPlayer).world().has("model")).isFalse();
    }
  }

  @Test
  void aScenarioThatNamesTheConfiguredModelIsPlayedWithIt() {
    var script = ScriptReader.read("one-sentence.yaml", ONE_SENTENCE);
    try (var scenarioPlayer =
        new ScenarioPlayer(script, targetServer, "hosted", PlayListener.NONE)) {
      assertThat(scenarioPlayer.play().failure()).isNull();
      assertThat(recorded(scenarioPlayer).world().path("model").asString()).isEqualTo("configured");
    }
  }

  private static Script recorded(ScenarioPlayer scenarioPlayer) {
    var targetWorld = scenarioPlayer.target().orElseThrow();
    var text = SessionRecording.of(targetServer.outbound(), targetWorld, "again");
    return ScriptReader.read("again.yaml", text);
  }
}
