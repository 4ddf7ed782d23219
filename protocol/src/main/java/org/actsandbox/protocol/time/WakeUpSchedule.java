package org.actsandbox.protocol.time;

import java.time.Instant;

/**
 * Where domain code says that something will fall due; the world's clock then calls {@link
 * DueWork}.
 */
public interface WakeUpSchedule {

  /** A hint only: what is due is decided by {@link DueWork} itself. Cheap, never blocks. */
  void wakeAt(Instant due);

  /**
   * True while the world's clock stands still: then nothing may start by itself, see {@link
   * AfterCommit}.
   */
  default boolean isStopped() {
    return false;
  }
}
