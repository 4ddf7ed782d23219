package org.actsandbox.sandbox.proxy;

import java.util.List;
import java.util.function.Consumer;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.fault.Faults.Decision;
import org.actsandbox.sandbox.fault.StandaloneFaults;

/** Decides by faults that were given once, without a world, and reports what happens. */
public final class FixedFaultDecider implements FaultDecider {

  private final StandaloneFaults faults;
  private final Consumer<String> report;

  /**
   * @param seed seed of the random decisions
   * @throws org.actsandbox.protocol.refusal.Refusal for a fault that a proxy cannot cause
   */
  public FixedFaultDecider(List<FaultRequest> requests, long seed, Consumer<String> report) {
    this.faults = new StandaloneFaults(requests.stream().map(ProxyRequest::checked).toList(), seed);
    this.report = report;
  }

  @Override
  public List<Decision> decide(String method, String path) {
    return faults.decide(method, path);
  }

  @Override
  public void recordFired(Decision decision, String operation) {
    report.accept(operation + "  fault: " + decision.fault().name().code());
  }

  @Override
  public void reportPassed(String operation, String outcome) {
    report.accept(operation + "  " + outcome);
  }
}
