package org.actsandbox.sandbox.world;

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

/** Which worlds are in memory: loads on demand, unloads the least used idle ones. */
@Component
class WorldCache {

  private static final Logger log = LoggerFactory.getLogger(WorldCache.class);

  private static final long DRAIN_MS = 5_000;
  private static final long LOCK_MS = 8_000;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final SharedWorldServices works;
  private final int capacity;
  private final Map<String, SimulatedWorld> loaded = new ConcurrentHashMap<>();
  private final List<ReentrantLock> locks = Stream.generate(ReentrantLock::new).limit(64).toList();

  WorldCache(SharedWorldServicesFactory factory, SandboxSettings sandboxSettings) {
    this.works = factory.works(this::fireDue);
    this.capacity = sandboxSettings.loadedWorlds();
  }

  boolean isLoaded(String name) {
    return loaded.containsKey(name);
  }

  Optional<SimulatedWorld> find(String name) {
    var present = loaded.get(name);
    return present != null && !present.gate().isClosed()
        ? Optional.of(present.touch())
        : load(name);
  }

  Optional<WorldLease> enterIfLoaded(String name) {
    var present = loaded.get(name);
    return present != null && present.gate().enter()
        ? Optional.of(new WorldLease(present.touch()))
        : Optional.empty();
  }

  Optional<WorldLease> enter(String name) {
    // Twice: between finding and entering the world may be unloaded for room.
    for (int i = 0; i < 3; i++) {
      var world = find(name);
      if (world.isEmpty()) {
        return Optional.empty();
      }
      if (world.get().gate().enter()) {
        return Optional.of(new WorldLease(world.get()));
      }
    }
    throw WorldUnavailableRefusal.refusal(name);
  }

  /**
   * Does something to a world's row while nobody is inside; requests meanwhile wait or are refused.
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
          world.gate().close(DRAIN_MS);
          world.participants().close();
          change.accept(world);
          world.journal().close();
          works.ticker().forget(name);
          loaded.remove(name, world);
          return world;
        });
  }

  void startTicking(List<WorldTable.Waiting> waiting) {
    works.ticker().start();
    for (var each : waiting) {
      var due = each.due();
      if (due != null) {
        works.ticker().wakeAt(each.name(), due);
      }
    }
  }

  void close() {
    works.ticker().close();
    loaded.values().forEach(world -> locked(world.name(), () -> unload(world)));
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
    if (works.table().find(name).isEmpty()) {
      return Optional.empty();
    }
    var world = locked(name, () -> loadLocked(name));
    makeRoom(name);
    return world;
  }

  private Optional<SimulatedWorld> loadLocked(String name) {
    var present = loaded.get(name);
    if (present != null && !present.gate().isClosed()) {
      return Optional.of(present);
    }
    return works
        .table()
        .find(name)
        .map(
            row -> {
              works.table().markLoaded(row);
              var world = new SimulatedWorld(row, works);
              // Before anybody is inside: participants draw ids when they open for the first time,
              // and the same seed must give the same ids.
              resume(world);
              loaded.put(name, world);
              return world;
            });
  }

  private static void resume(SimulatedWorld world) {
    try {
      world.resumeDueWork();
    } catch (Refusal unloadedAlready) {
      log.debug("world {} went away while it was loaded", world.name(), unloadedAlready);
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
          if (!world.gate().closeIfEmpty()) {
            return false;
          }
          return unload(world);
        });
  }

  private boolean unload(SimulatedWorld world) {
    var due = world.simulatedClock().nextDue().flatMap(world.simulatedClock()::machineTime);
    world.gate().close(0);
    world.participants().close();
    works.table().markUnloaded(world.row(), due.orElse(null));
    loaded.remove(world.name(), world);
    return true;
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
