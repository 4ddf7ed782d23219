package org.actsandbox.sandbox.proxy;

import java.util.List;
import org.actsandbox.sandbox.fault.Faults.Decision;

/** Who decides what happens to an exchange: a world's faults, or those of a command line. */
public interface Dice {

  /**
   * @param path without the query
   */
  List<Decision> decide(String method, String path);

  /** Writes down what happened; the exchange goes on when it is written. */
  void happened(Decision decision, String operation);

  /** A line for whoever looks over the proxy's shoulder. */
  default void passed(String operation, String outcome) {}
}
