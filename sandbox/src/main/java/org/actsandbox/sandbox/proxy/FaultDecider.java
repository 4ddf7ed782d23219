package org.actsandbox.sandbox.proxy;

import java.util.List;
import org.actsandbox.sandbox.fault.Faults.Decision;

/** Who decides what happens to an exchange: a world's faults, or those of a command line. */
public interface FaultDecider {

  /**
   * @param path without the query
   */
  List<Decision> decide(String method, String path);

  /** Writes down what happened; the exchange goes on when it is written. */
  void recordFired(Decision decision, String operation);

  /** A line for whoever looks over the proxy's shoulder. */
  default void reportPassed(String operation, String outcome) {}
}
