package org.actsandbox.sandbox.world;

/**
 * Says which worlds this process may have in memory: all of them, or, as one of several nodes,
 * those whose lease it has (ADR 57). A single process takes and gives back without effect.
 */
public interface WorldOwnership {

  /** Says whether other processes may own worlds of the same database. */
  boolean isShared();

  /**
   * Takes the world for this process before it is loaded.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code unavailable} if another node owns it
   */
  void take(String world);

  /** Gives the world back after it was unloaded and its journal was written. */
  void giveBack(String world);
}
