package org.actsandbox.scenarios.record;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.actsandbox.client.EventStream;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.report.FailureText;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.ScriptReader;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;

/** Records what happened in a world and plays the file again, for tests. */
abstract class RecordingTestBase {

  static final String WISH = "Find me a window seat on tomorrow's early train to Shanghai";

  /** Plays the script, which must pass, and returns the recording of its world. */
  static Script played(Script script, TargetServer targetServer) {
    var name = script.name();
    try (var scenarioPlayer =
        new ScenarioPlayer(script, targetServer, "told-" + name, PlayListener.NONE)) {
      assertPassed(scenarioPlayer.play());
      return recorded(targetServer, scenarioPlayer.target().orElseThrow(), name + "-again");
    }
  }

  static Script recorded(TargetServer targetServer, TargetWorld targetWorld, String name) {
    var text = SessionRecording.of(targetServer.outbound(), targetWorld, name);
    return ScriptReader.read(name + ".yaml", text);
  }

  static ScenarioVerdict replayed(Script script, TargetServer targetServer) {
    try (var scenarioPlayer =
        new ScenarioPlayer(script, targetServer, "re-" + script.name(), PlayListener.NONE)) {
      return scenarioPlayer.play();
    }
  }

  static void assertPassed(ScenarioVerdict scenarioVerdict) {
    var scenarioFailure = scenarioVerdict.failure();
    if (scenarioFailure != null) {
      fail(
          FailureText.of(scenarioVerdict, scenarioFailure, "")
              + "\n"
              + scenarioVerdict.script().source());
    }
  }

  /** Waits until the merchant has confirmed the delivery, so that the recording is complete. */
  static void finished(SandboxClient client, TargetWorld targetWorld, String trade) {
    for (int i = 0; i < 600; i++) {
      var payment =
          client.get(
              targetWorld.at("/psp/payments/" + trade + "?wait_seconds=1"),
              targetWorld.keys().principal());
      if (payment.path("transaction_state").asString().equals("TRADE_FINISHED")) {
        return;
      }
    }
    fail("the merchant never confirmed");
  }

  static JsonNode await(EventStream events, String type) {
    for (var event = events.next(); event.isPresent(); event = events.next()) {
      if (event.get().path("type").asString().equals(type)) {
        return event.get().path("data");
      }
    }
    return fail("the conversation ended without " + type);
  }

  static List<Verb> verbs(Script script) {
    return script.steps().stream().map(ScenarioStep::verb).toList();
  }
}
