package org.actsandbox.sandbox.metrics;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;
import org.actsandbox.protocol.cost.ProtocolCost;

/** Shows how often the costly work of the protocol was done, and what was allocated for all. */
final class CostMetrics implements MeterBinder {

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var cost : ProtocolCost.values()) {
      FunctionCounter.builder("act." + cost.code().replace('_', '.'), cost, ProtocolCost::total)
          .description(cost.description())
          .register(registry);
    }
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads) {
      FunctionCounter.builder("act.allocated", threads, ThreadMXBean::getTotalThreadAllocatedBytes)
          .baseUnit("bytes")
          .description("Memory allocated by all threads, those that have ended included")
          .register(registry);
    }
  }
}
