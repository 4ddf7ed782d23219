package org.actsandbox.sandbox.delegation;

import java.util.concurrent.locks.ReentrantLock;
import org.actsandbox.protocol.delegation.StatusList;

/**
 * Gives out the entries of the status lists of one world, each once. They are taken from the
 * database a block at a time, so that credentials that are issued in parallel do not wait for one
 * row. The rest of a block stays unused when the world is unloaded; such an entry has no meaning.
 */
final class StatusListSlots {

  private static final int BLOCK = 64;

  private final DelegationWorld world;
  private final DelegationStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private int next;
  private int end;

  StatusListSlots(DelegationWorld world, DelegationStore store) {
    this.world = world;
    this.store = store;
  }

  /**
   * Takes an entry; must be called outside of a transaction, because a block is reserved in one of
   * its own.
   */
  Delegation.StatusListSlot take() {
    lock.lock();
    try {
      if (next == end) {
        next = world.inTransaction(() -> store.reserve(BLOCK));
        end = next + BLOCK;
      }
      int place = next++;
      return new Delegation.StatusListSlot(place / StatusList.SIZE, place % StatusList.SIZE);
    } finally {
      lock.unlock();
    }
  }
}
