package org.actsandbox.sandbox.mutant;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.wiring.DirectedTalk;
import tools.jackson.databind.JsonNode;

/** For everybody who tells too much, what shows it: the datum, as who-knows-what finds it. */
final class LeakProbes {

  private LeakProbes() {}

  static Map<String, Predicate<Trial>> all() {
    return Map.of(
        "budget-told-to-merchants", trial -> leaks(trial, "budget"),
        "sentence-in-payment-request", trial -> leaks(trial, "wishes"),
        "account-shown-to-agent", trial -> leaks(trial, "account"),
        "journey-passed-on", LeakProbes::passesTheJourneyOn);
  }

  /** The other was asked for the journey, too, and knows it; it is told it all the same. */
  private static boolean passesTheJourneyOn(Trial trial) {
    var journey = trial.trainTomorrow();
    trial.offers("gotrip-rail", journey);
    trial.bought(trial.order(trial.offer("raileast", journey)));
    trial.advance("PT0S");
    return found(trial)
        .anyMatch(
            leak ->
                leak.path("datum").asString().equals("itinerary")
                    && leak.path("to").asString("").equals("did:act:gotrip-rail"));
  }

  private static boolean leaks(Trial trial, String datum) {
    new DirectedTalk(SandboxServer.shared(), trial.world)
        .says("Find me a phone charger for at most 317 yuan")
        .takesRecommended();
    return found(trial).anyMatch(leak -> leak.path("datum").asString().equals(datum));
  }

  private static Stream<JsonNode> found(Trial trial) {
    return SandboxServer.shared()
        .get("/api/worlds/" + trial.world.name() + "/knowledge?leaks_only=true", trial.operator())
        .json()
        .path("leaks")
        .valueStream();
  }
}
