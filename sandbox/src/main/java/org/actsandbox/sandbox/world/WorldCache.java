package org.actsandbox.sandbox.world;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps worlds in memory: it loads them on demand and unloads the idle ones that were not used for
 * the longest time.
 */
@Component
class WorldCache {

  private static final Logger log = LoggerFactory.getLogger(WorldCache.class);

  private static final long DRAIN_MS = 5_000;
  private static final long LOCK_MS = 8_000;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final SharedWorldServices services;
  private final WorldOwnership ownership;
  private final int capacity;
  private final Map<String, SimulatedWorld> loaded = new ConcurrentHashMap<>();
  private final List<ReentrantLock> locks = Stream.generate(ReentrantLock::new).limit(64).toList();

  WorldCache(
      SharedWorldServicesFactory factory,
      WorldOwnership ownership,
      SandboxSettings sandboxSettings) {
    this.services = factory.create(this::fireDue);
    this.ownership = ownership;
    this.capacity = sandboxSettings.loadedWorlds();
  }

  boolean isLoaded(String name) {
    return loaded.containsKey(name);
  }

  Optional<SimulatedWorld> find(String name) {
    var loadedWorld = loaded.get(name);
    return loadedWorld != null && !loadedWorld.admission().isClosed()
        ? Optional.of(loadedWorld.touch())
        : load(name);
  }

  Optional<WorldLease> enterIfLoaded(String name) {
    var loadedWorld = loaded.get(name);
    return loadedWorld != null && loadedWorld.admission().enter()
        ? Optional.of(new WorldLease(loadedWorld.touch()))
        : Optional.empty();
  }

  Optional<WorldLease> enter(String name) {
    // Repeated, because the world may be unloaded between the search and the entry, to make room.
    for (int i = 0; i < 3; i++) {
      var world = find(name);
      if (world.isEmpty()) {
        return Optional.empty();
      }
      if (world.get().admission().enter()) {
        return Optional.of(new WorldLease(world.get()));
      }
    }
    throw WorldUnavailableRefusal.refusal(name);
  }

  /**
   * Changes a world's row while no request is inside; requests meanwhile wait or are refused.
   * Afterwards the world is not in memory and its old partition is never used again.
   */
  void whileUnloaded(String name, Consumer<SimulatedWorld> change) {
    locked(
        name,
        () -> {
          var world =
              loadLocked(name)
                  .orElseThrow(
                      () -> new Refusal(Problem.NOT_FOUND, "there is no such world").at("world"));
          world.admission().close(DRAIN_MS);
          world.participants().close();
          change.accept(world);
          world.journal().close();
          services.ticker().forget(name);
          loaded.remove(name, world);
          return world;
        });
  }

  /**
   * Unloads a world that another node is to own, even while requests are inside. Waits until the
   * agent's turns rest, because they go on in the other node's memory.
   *
   * @param pass gives the lease away, before the world can be loaded here again
   */
  void unloadForMove(String name, Duration patience, Runnable pass) {
    locked(
        name,
        () -> {
          var world = loaded.get(name);
          if (world != null) {
            if (!world.backgroundTurns().awaitAllResting(patience)) {
              log.warn("world {} moves while its agent is at work, which goes on there", name);
            }
            unload(world);
          }
          pass.run();
          return name;
        });
  }

  void startTimer(List<WorldTable.Waiting> waiting) {
    services.ticker().start();
    for (var each : waiting) {
      var due = each.due();
      if (due != null) {
        services.ticker().wakeAt(each.name(), due);
      }
    }
  }

  void close() {
    services.ticker().close();
    loaded.values().forEach(world -> locked(world.name(), () -> unloadAndGiveBack(world)));
  }

  private void fireDue(String name) {
    enter(name)
        .ifPresent(
            worldLease -> {
              try (worldLease) {
                if (worldLease.world() instanceof SimulatedWorld world) {
                  world.simulatedClock().fireDue();
                }
              }
            });
  }

  private Optional<SimulatedWorld> load(String name) {
    if (services.table().find(name).isEmpty()) {
      return Optional.empty();
    }
    var world = locked(name, () -> loadLocked(name));
    makeRoom(name);
    return world;
  }

  private Optional<SimulatedWorld> loadLocked(String name) {
    var loadedWorld = loaded.get(name);
    if (loadedWorld != null && !loadedWorld.admission().isClosed()) {
      return Optional.of(loadedWorld);
    }
    // Before the row is read: until now another node may have changed it.
    ownership.take(name);
    return services
        .table()
        .find(name)
        .map(
            row -> {
              services.table().markLoaded(row);
              var world = new SimulatedWorld(row, services);
              // Before any request enters: participants draw ids when they open for the first time,
              // and the same seed must give the same ids.
              resume(world);
              loaded.put(name, world);
              return world;
            });
  }

  private static void resume(SimulatedWorld world) {
    try {
      world.resumeDueWork();
    } catch (Refusal unavailable) {
      log.debug("world {} went away while it was loaded", world.name(), unavailable);
    } catch (RuntimeException failed) {
      log.error("due work of world {} cannot be read", world.name(), failed);
    }
  }

  private void makeRoom(String keep) {
    while (loaded.size() > capacity) {
      var victim =
          loaded.values().stream()
              .filter(world -> !world.name().equals(keep) && idle(world))
              .min(Comparator.comparingLong(SimulatedWorld::lastUsedNanos));
      if (victim.isEmpty() || !unloadIfIdle(victim.get())) {
        return;
      }
    }
  }

  private static boolean idle(SimulatedWorld world) {
    return System.nanoTime() - world.lastUsedNanos() > IDLE_NANOS
        && world.streams().get() == 0
        && !world.journal().isFollowed();
  }

  boolean unloadIfIdle(SimulatedWorld world) {
    return locked(
        world.name(),
        () -> {
          if (!world.admission().closeIfEmpty()) {
            return false;
          }
          return unloadAndGiveBack(world);
        });
  }

  private boolean unloadAndGiveBack(SimulatedWorld world) {
    unload(world);
    ownership.giveBack(world.name());
    return true;
  }

  private void unload(SimulatedWorld world) {
    var due = world.simulatedClock().nextDue().flatMap(world.simulatedClock()::machineTime);
    world.admission().close(0);
    world.participants().close();
    if (ownership.isShared()) {
      // The next owner numbers its entries from the last stored one.
      world.journal().lastSeq();
      world.journal().close();
      services.ticker().forget(world.name());
    }
    services.table().markUnloaded(world.row(), due.orElse(null));
    loaded.remove(world.name(), world);
  }

  private <T> T locked(String name, Supplier<T> work) {
    var lock = locks.get(Math.floorMod(name.hashCode(), locks.size()));
    try {
      if (!lock.tryLock(LOCK_MS, TimeUnit.MILLISECONDS)) {
        throw WorldUnavailableRefusal.refusal(name);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw WorldUnavailableRefusal.refusal(name);
    }
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
