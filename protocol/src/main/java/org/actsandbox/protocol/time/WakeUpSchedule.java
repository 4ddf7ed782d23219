package org.actsandbox.protocol.time;

import java.time.Instant;

/** Takes the times at which work will fall due. The world's clock then calls {@link DueWork}. */
public interface WakeUpSchedule {

  /**
   * Notes a time. It is only a hint, because {@link DueWork} itself decides what is due. The call
   * is cheap and never blocks.
   */
  void wakeAt(Instant due);

  /**
   * Returns whether the world's clock is stopped. No work may start by itself then, see {@link
   * AfterCommit}.
   */
  default boolean isStopped() {
    return false;
  }
}
