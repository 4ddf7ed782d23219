package org.actsandbox.sandbox.proxy;

import java.util.List;
import java.util.Map;
import org.actsandbox.sandbox.fault.Faults.Decision;
import org.actsandbox.sandbox.world.LoadedWorlds;
import org.actsandbox.sandbox.world.World;

/**
 * The faults of a world decide, as long as it is there; afterwards everything passes.
 *
 * @param partition a reset world is another one
 * @param proxy whose faults these are
 */
record WorldDice(LoadedWorlds worlds, String world, String partition, String proxy)
    implements Dice {

  @Override
  public List<Decision> decide(String method, String path) {
    try (var visit = worlds.enter(world).orElse(null)) {
      return visit == null || !isOf(visit.world())
          ? List.of()
          : visit.world().faults().decideAtProxy(proxy, method, path, WireProxy.POSSIBLE);
    }
  }

  @Override
  public void happened(Decision decision, String operation) {
    try (var visit = worlds.enter(world).orElse(null)) {
      if (visit != null && isOf(visit.world())) {
        visit.world().faults().happened(decision, proxy, operation, Map.of());
      }
    }
  }

  boolean isOf(World other) {
    return partition.equals(other.partition());
  }

  boolean isWorldThere() {
    return worlds.find(world).filter(this::isOf).isPresent();
  }
}
