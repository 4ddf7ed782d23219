package org.actsandbox.sandbox.mutant;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.wiring.DirectedConversation;
import org.actsandbox.sandbox.wiring.TaskConversation;

/** Contains a probe for each defective buyer agent. */
final class AgentProbes {

  private AgentProbes() {}

  static Map<String, Predicate<MutantTrial>> all() {
    return Map.of(
        "own-check-skipped",
        mutantTrial ->
            new TaskConversation(talk(mutantTrial))
                .authorizes(
                    "Prepare a report on coffee prices in English, at most 20 yuan, 2 yuan per"
                        + " payment")
                .funds("20.00")
                .refused()
                .contains("psp:single_limit_exceeded"),
        "any-rise-tolerated",
        AgentProbes::agreesToARise,
        "authority-kept",
        mutantTrial ->
            new TaskConversation(talk(mutantTrial))
                .authorizes(TaskConversation.SENTENCE)
                .funds("20.00")
                .authorityState()
                .equals("Active"));
  }

  private static boolean agreesToARise(MutantTrial mutantTrial) {
    var talk = talk(mutantTrial);
    talk.fault("price_moved", "*", "POST /carts", 1);
    talk.authorizes(
        "Get me a second-class ticket to Shanghai on December 10, at most 600 yuan, keep trying"
            + " until Friday");
    talk.passes(Duration.ofMinutes(1));
    return talk.journal(Kind.DECISION).stream()
        .filter(entry -> entry.event().equals("price-deviation"))
        .anyMatch(entry -> entry.data().path("decision").asString().equals("accepted"));
  }

  private static DirectedConversation talk(MutantTrial mutantTrial) {
    return new DirectedConversation(SandboxServer.shared(), mutantTrial.world);
  }
}
