package org.actsandbox.sandbox.proxy;

import java.util.List;
import org.actsandbox.sandbox.fault.Faults.Decision;

/**
 * Decides which faults happen to an exchange of a proxy: those of a world, or those of a command
 * line.
 */
public interface FaultDecider {

  /**
   * Returns the faults that happen to a request.
   *
   * @param path without the query
   */
  List<Decision> decide(String method, String path);

  /** Records that a fault happened; the exchange waits until it is recorded. */
  void recordFired(Decision decision, String operation);

  /** Reports the outcome of an exchange to a person who watches the proxy. */
  default void reportPassed(String operation, String outcome) {}
}
