package org.actsandbox.sandbox.world;

/** Keeps a world in memory for one request or stream until it is closed; close it exactly once. */
public final class WorldLease implements AutoCloseable {

  private final SimulatedWorld world;
  private boolean stream;

  WorldLease(SimulatedWorld world) {
    this.world = world;
  }

  public World world() {
    return world;
  }

  /** Returns the number that is part of the world's role keys. */
  public long generation() {
    return world.row().generation();
  }

  /**
   * Marks the answer as a stream without end: it keeps the world in memory, but a reset does not
   * wait for it.
   */
  public synchronized void becomeStream() {
    if (!stream) {
      stream = true;
      world.streams().incrementAndGet();
      world.admission().leave();
    }
  }

  @Override
  public synchronized void close() {
    if (stream) {
      world.streams().decrementAndGet();
    } else {
      world.admission().leave();
    }
  }
}
