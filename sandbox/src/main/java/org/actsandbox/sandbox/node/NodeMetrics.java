package org.actsandbox.sandbox.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Shows the nodes of the database, and what this one owns. */
@Component
class NodeMetrics implements MeterBinder {

  private final NodeLeases leases;

  NodeMetrics(NodeLeases leases) {
    this.leases = leases;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    if (!leases.isShared()) {
      return;
    }
    Gauge.builder("act.nodes", leases, each -> each.nodes().size())
        .description("Nodes of the database at the last beat")
        .register(registry);
    Gauge.builder("act.nodes.worlds", leases, NodeLeases::ownedWorlds)
        .description("Worlds whose lease this node has")
        .register(registry);
    Gauge.builder("act.nodes.fresh", leases, each -> each.isFresh() ? 1 : 0)
        .description("1 while the database took this node's last beats, 0 while it answers 503")
        .register(registry);
  }
}
