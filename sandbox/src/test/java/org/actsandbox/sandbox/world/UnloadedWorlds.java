package org.actsandbox.sandbox.world;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.actsandbox.sandbox.SandboxServer;

/** Worlds that tests of other packages send out of memory. */
public final class UnloadedWorlds {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(20);

  private UnloadedWorlds() {}

  /** Unloads it as for want of room, and gives it as it comes back from the database. */
  public static World reloaded(SandboxServer server, String name) {
    var cache = server.bean(WorldCache.class);
    long end = System.nanoTime() + PATIENCE;
    while (!cache.find(name).filter(cache::unloadIfIdle).isPresent()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(name + " stays in use");
      }
      LockSupport.parkNanos(LOOK_AGAIN);
    }
    return server.world(name);
  }
}
