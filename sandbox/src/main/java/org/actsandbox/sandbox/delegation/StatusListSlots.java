package org.actsandbox.sandbox.delegation;

import java.util.concurrent.locks.ReentrantLock;
import org.actsandbox.protocol.delegation.StatusList;

/**
 * Entries of the status lists of one world, each given out once. They are taken from the database a
 * block at a time, so that credentials that are issued at once do not wait for one row. What is
 * left of a block when the world is unloaded stays empty: an entry nobody has says nothing.
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

  /** To be called outside of a transaction: a block is taken in one of its own. */
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
