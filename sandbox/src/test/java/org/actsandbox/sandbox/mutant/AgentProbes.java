package org.actsandbox.sandbox.mutant;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.wiring.DirectedTalk;
import org.actsandbox.sandbox.wiring.TaskTalk;

/** For each careless buyer agent, what shows it. */
final class AgentProbes {

  private AgentProbes() {}

  static Map<String, Predicate<Trial>> all() {
    return Map.of(
        "own-check-skipped",
        trial ->
            new TaskTalk(talk(trial))
                .authorizes(
                    "Prepare a report on coffee prices in English, at most 20 yuan, 2 yuan per"
                        + " payment")
                .funds("20.00")
                .refused()
                .contains("psp:single_limit_exceeded"),
        "any-rise-tolerated",
        AgentProbes::agreesToARise,
        "authority-kept",
        trial ->
            new TaskTalk(talk(trial))
                .authorizes(TaskTalk.SENTENCE)
                .funds("20.00")
                .authorityState()
                .equals("Active"));
  }

  private static boolean agreesToARise(Trial trial) {
    var talk = talk(trial);
    talk.fault("price_moved", "*", "POST /carts", 1);
    talk.authorizes(
        "Get me a second-class ticket to Shanghai on December 10, at most 600 yuan, keep trying"
            + " until Friday");
    talk.passes(Duration.ofMinutes(1));
    return talk.journal(Kind.DECISION).stream()
        .filter(entry -> entry.event().equals("price-deviation"))
        .anyMatch(entry -> entry.data().path("decision").asString().equals("accepted"));
  }

  private static DirectedTalk talk(Trial trial) {
    return new DirectedTalk(SandboxServer.shared(), trial.world);
  }
}
