package org.actsandbox.scenarios.record;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.actsandbox.scenarios.client.EventStream;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.Target;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.Player;
import org.actsandbox.scenarios.engine.Server;
import org.actsandbox.scenarios.engine.Verdict;
import org.actsandbox.scenarios.report.FailureText;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.Scripts;
import org.actsandbox.scenarios.script.Step;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;

/** Writes down what happened in a world, and plays the file again. */
abstract class Retold {

  static final String WISH = "Find me a window seat on tomorrow's early train to Shanghai";

  /** What a world is written down as in which the script was played, and passed. */
  static Script played(Script script, Server server) {
    var name = script.name();
    try (var player = new Player(script, server, "told-" + name, PlayListener.NOBODY)) {
      assertPassed(player.play());
      return recorded(server, player.target().orElseThrow(), name + "-again");
    }
  }

  static Script recorded(Server server, Target target, String name) {
    var text = Recording.of(server.outbound(), target, name);
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

  /** The merchant confirms after it delivered; the session is told once that is done. */
  static void finished(SandboxClient client, Target target, String trade) {
    for (int i = 0; i < 600; i++) {
      var payment =
          client.get(
              target.at("/psp/payments/" + trade + "?wait_seconds=1"), target.keys().principal());
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
    return script.steps().stream().map(Step::verb).toList();
  }
}
