package org.actsandbox.sandbox.edge;

import java.time.Duration;
import org.actsandbox.sandbox.fault.Fault;

/**
 * How a body drips.
 *
 * @param bytes per drop
 * @param pause before every drop
 */
record SlowBodyPace(int bytes, Duration pause) {

  /** As ordered, with larger drops where it would take longer than {@code longest} in all. */
  static SlowBodyPace of(Fault slow, int length, Duration longest) {
    long pause = slow.number("pause_ms");
    long mostDrops = Math.max(1, longest.toMillis() / pause);
    long needed = Math.ceilDiv(length, mostDrops);
    return new SlowBodyPace((int) Math.max(slow.number("bytes"), needed), Duration.ofMillis(pause));
  }

  int pieces(int length) {
    return Math.ceilDiv(length, bytes);
  }
}
