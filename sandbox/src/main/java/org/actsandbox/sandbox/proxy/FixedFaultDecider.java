package org.actsandbox.sandbox.proxy;

import java.util.List;
import java.util.function.Consumer;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.fault.Faults.Decision;
import org.actsandbox.sandbox.fault.StandaloneFaults;

/** Faults given once and for all, without a world; what happens is told to somebody. */
public final class FixedFaultDecider implements FaultDecider {

  private final StandaloneFaults faults;
  private final Consumer<String> told;

  /**
   * @param seed of the dice
   * @throws org.actsandbox.protocol.refusal.Refusal for an order that no proxy can carry out
   */
  public FixedFaultDecider(List<FaultRequest> orders, long seed, Consumer<String> told) {
    this.faults = new StandaloneFaults(orders.stream().map(ProxyRequest::checked).toList(), seed);
    this.told = told;
  }

  @Override
  public List<Decision> decide(String method, String path) {
    return faults.decide(method, path);
  }

  @Override
  public void recordFired(Decision decision, String operation) {
    told.accept(operation + "  fault: " + decision.fault().name().code());
  }

  @Override
  public void reportPassed(String operation, String outcome) {
    told.accept(operation + "  " + outcome);
  }
}
