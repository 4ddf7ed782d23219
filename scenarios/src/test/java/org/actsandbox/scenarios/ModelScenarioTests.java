package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.Player;
import org.actsandbox.scenarios.engine.Server;
import org.actsandbox.scenarios.record.Recording;
import org.actsandbox.scenarios.script.Pack;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.Scripts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that runs on a hosted model nobody can reach (ADR 13). */
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
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    started =
        SandboxExtension.Started.start(
            Files.createTempDirectory("act-hosted"),
            "--act.agent.model.provider=openai",
            "--act.agent.model.base-url=http://localhost:1/v1",
            "--act.agent.model.name=any");
    server = new Server(started.origin(), null, started.outbound());
  }

  @AfterAll
  static void stop() throws IOException {
    started.close();
  }

  @Test
  void aScenarioIsPlayedWithTheBuiltInOne() {
    var script = Pack.here().find("seed-story");
    try (var player = new Player(script, server, "seed", PlayListener.NOBODY)) {
      assertThat(player.play().failure()).isNull();
      assertThat(recorded(player).world().has("model")).isFalse();
    }
  }

  @Test
  void unlessItSaysThatItWantsWhatIsConfigured() {
    var script = Scripts.read("one-sentence.yaml", ONE_SENTENCE);
    try (var player = new Player(script, server, "hosted", PlayListener.NOBODY)) {
      assertThat(player.play().failure()).isNull();
      assertThat(recorded(player).world().path("model").asString()).isEqualTo("configured");
    }
  }

  private static Script recorded(Player player) {
    var target = player.target().orElseThrow();
    var text = Recording.of(server.outbound(), target, "again");
    return Scripts.read("again.yaml", text);
  }
}
