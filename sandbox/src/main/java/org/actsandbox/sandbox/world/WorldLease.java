package org.actsandbox.sandbox.world;

/** Somebody is inside a world; leave exactly once. */
public final class WorldLease implements AutoCloseable {

  private final SimulatedWorld world;
  private boolean stream;

  WorldLease(SimulatedWorld world) {
    this.world = world;
  }

  public World world() {
    return world;
  }

  /** What role keys of the world are made with. */
  public long generation() {
    return world.row().generation();
  }

  /** The answer goes on without end: it keeps the world in memory, but no reset waits for it. */
  public synchronized void becomeStream() {
    if (!stream) {
      stream = true;
      world.streams().incrementAndGet();
      world.gate().leave();
    }
  }

  @Override
  public synchronized void close() {
    if (stream) {
      world.streams().decrementAndGet();
    } else {
      world.gate().leave();
    }
  }
}
