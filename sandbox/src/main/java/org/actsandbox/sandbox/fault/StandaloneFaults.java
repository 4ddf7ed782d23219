package org.actsandbox.sandbox.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.sandbox.fault.Faults.Decision;

/** Faults without a world, a database or a journal: for what runs by itself. */
public final class StandaloneFaults {

  /** Stands for whoever they concern. */
  private static final String WHOEVER = "proxy";

  private final List<ArmedFault> armed = new ArrayList<>();

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field}
   */
  public StandaloneFaults(List<FaultRequest> orders, long seed) {
    Map<String, Integer> dice = new HashMap<>();
    for (var order : orders) {
      var fault = order.forParticipant(WHOEVER).checked("F-" + (armed.size() + 1));
      int number = dice.merge(ArmedFault.randomKey(fault), 0, (before, _) -> before + 1);
      armed.add(new ArmedFault(fault, seed, number, 0, 0));
    }
  }

  /** What happens to a request, in the order they were given. */
  public List<Decision> decide(String method, String path) {
    var decisions = new ArrayList<Decision>();
    for (var each : armed) {
      each.decide(WHOEVER, method, path)
          .ifPresent(random -> decisions.add(new Decision(each.fault(), random)));
    }
    return decisions;
  }
}
