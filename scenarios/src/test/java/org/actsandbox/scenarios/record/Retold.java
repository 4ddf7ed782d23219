package org.actsandbox.scenarios.record;

import static org.assertj.core.api.Assertions.fail;

import org.actsandbox.scenarios.client.Target;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.Player;
import org.actsandbox.scenarios.engine.Server;
import org.actsandbox.scenarios.engine.Verdict;
import org.actsandbox.scenarios.report.FailureText;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.Scripts;

/** Writes down what happened in a world, and plays the file again. */
abstract class Retold {

  static final String WISH = "Find me a window seat on tomorrow's early train to Shanghai";

  static Script recorded(Server server, Target target, String name) {
    var text =
        Recording.of(
            server.outbound(), server.origin(), target.world(), target.keys().operator(), name);
    return Scripts.read(name + ".yaml", text);
  }

  static Verdict replayed(Script script, Server server) {
    try (var player = new Player(script, server, "re-" + script.name(), PlayListener.NOBODY)) {
      return player.play();
    }
  }

  static void assertPassed(Verdict verdict) {
    var failure = verdict.failure();
    if (failure != null) {
      fail(FailureText.of(verdict, failure, "") + "\n" + verdict.script().source());
    }
  }
}
