package org.actsandbox.sandbox.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.sandbox.fault.Faults.Decision;

/** Decides faults without a world, a database or a journal, for the proxy on the command line. */
public final class StandaloneFaults {

  /** Replaces the participant in every request. */
  private static final String PARTICIPANT = "proxy";

  private final List<ArmedFault> armed = new ArrayList<>();

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field}
   */
  public StandaloneFaults(List<FaultRequest> requests, long seed) {
    Map<String, Integer> randomIndexes = new HashMap<>();
    for (var request : requests) {
      var fault = request.forParticipant(PARTICIPANT).checked("F-" + (armed.size() + 1));
      int number = randomIndexes.merge(ArmedFault.randomKey(fault), 0, (before, _) -> before + 1);
      armed.add(new ArmedFault(fault, seed, number, 0, 0));
    }
  }

  /** Decides which faults happen to a request, in their given order. */
  public List<Decision> decide(String method, String path) {
    var decisions = new ArrayList<Decision>();
    for (var each : armed) {
      each.decide(PARTICIPANT, method, path)
          .ifPresent(random -> decisions.add(new Decision(each.fault(), random)));
    }
    return decisions;
  }
}
