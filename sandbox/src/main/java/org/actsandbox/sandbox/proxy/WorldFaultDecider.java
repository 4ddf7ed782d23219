package org.actsandbox.sandbox.proxy;

import java.util.List;
import java.util.Map;
import org.actsandbox.sandbox.fault.Faults.Decision;
import org.actsandbox.sandbox.world.LoadedWorlds;
import org.actsandbox.sandbox.world.World;

/**
 * Decides by a world's faults as long as the world exists; afterwards it lets everything pass.
 *
 * @param partition partition of the world; a reset changes it
 * @param proxy name of the proxy
 */
record WorldFaultDecider(LoadedWorlds worlds, String world, String partition, String proxy)
    implements FaultDecider {

  @Override
  public List<Decision> decide(String method, String path) {
    try (var worldLease = worlds.enter(world).orElse(null)) {
      return worldLease == null || !isOf(worldLease.world())
          ? List.of()
          : worldLease.world().faults().decideAtProxy(proxy, method, path, FaultProxy.POSSIBLE);
    }
  }

  @Override
  public void recordFired(Decision decision, String operation) {
    try (var worldLease = worlds.enter(world).orElse(null)) {
      if (worldLease != null && isOf(worldLease.world())) {
        worldLease.world().faults().recordFired(decision, proxy, operation, Map.of());
      }
    }
  }

  boolean isOf(World other) {
    return partition.equals(other.partition());
  }

  boolean worldExists() {
    return worlds.find(world).filter(this::isOf).isPresent();
  }
}
