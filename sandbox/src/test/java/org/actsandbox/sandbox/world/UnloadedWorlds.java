package org.actsandbox.sandbox.world;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.actsandbox.sandbox.SandboxServer;

/** Unloads worlds for tests of other packages. */
public final class UnloadedWorlds {

  private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(60);
  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(20);

  private UnloadedWorlds() {}

  /** Unloads the world as for lack of room, and returns it loaded again from the database. */
  public static World reloaded(SandboxServer server, String name) {
    var cache = server.bean(WorldCache.class);
    long end = System.nanoTime() + TIMEOUT;
    while (!cache.find(name).filter(cache::unloadIfIdle).isPresent()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(name + " stays in use");
      }
      LockSupport.parkNanos(INTERVAL);
    }
    return server.world(name);
  }
}
