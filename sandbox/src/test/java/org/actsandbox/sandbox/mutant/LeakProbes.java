package org.actsandbox.sandbox.mutant;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.wiring.DirectedConversation;
import tools.jackson.databind.JsonNode;

/**
 * Contains a probe for each participant that tells too much; the leak is read from the knowledge
 * report.
 */
final class LeakProbes {

  private LeakProbes() {}

  static Map<String, Predicate<MutantTrial>> all() {
    return Map.of(
        "budget-told-to-merchants", mutantTrial -> leaks(mutantTrial, "budget"),
        "sentence-in-payment-request", mutantTrial -> leaks(mutantTrial, "wishes"),
        "account-shown-to-agent", mutantTrial -> leaks(mutantTrial, "account"),
        "journey-passed-on", LeakProbes::passesTheJourneyOn);
  }

  /**
   * Checks that a journey is told to another merchant that knows it already from its own request.
   */
  private static boolean passesTheJourneyOn(MutantTrial mutantTrial) {
    var journey = mutantTrial.trainTomorrow();
    mutantTrial.offers("gotrip-rail", journey);
    mutantTrial.bought(mutantTrial.order(mutantTrial.offer("raileast", journey)));
    mutantTrial.advance("PT0S");
    return found(mutantTrial)
        .anyMatch(
            leak ->
                leak.path("datum").asString().equals("itinerary")
                    && leak.path("to").asString("").equals("did:act:gotrip-rail"));
  }

  private static boolean leaks(MutantTrial mutantTrial, String datum) {
    new DirectedConversation(SandboxServer.shared(), mutantTrial.world)
        .says("Find me a phone charger for at most 317 yuan")
        .takesRecommended();
    return found(mutantTrial).anyMatch(leak -> leak.path("datum").asString().equals(datum));
  }

  private static Stream<JsonNode> found(MutantTrial mutantTrial) {
    return SandboxServer.shared()
        .get(
            "/api/worlds/" + mutantTrial.world.name() + "/knowledge?leaks_only=true",
            mutantTrial.operator())
        .json()
        .path("leaks")
        .valueStream();
  }
}
