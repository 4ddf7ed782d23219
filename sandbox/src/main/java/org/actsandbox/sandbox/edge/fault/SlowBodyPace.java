package org.actsandbox.sandbox.edge.fault;

import java.time.Duration;
import org.actsandbox.sandbox.fault.Fault;

/**
 * Represents the pace at which a body is sent slowly.
 *
 * @param bytes bytes in each piece
 * @param pause pause before every piece
 */
record SlowBodyPace(int bytes, Duration pause) {

  /**
   * Returns the ordered pace, with larger pieces where the body would take longer than {@code
   * longest}.
   */
  static SlowBodyPace of(Fault slow, int length, Duration longest) {
    long pause = slow.number("pause_ms");
    long maxPieces = Math.max(1, longest.toMillis() / pause);
    long needed = Math.ceilDiv(length, maxPieces);
    return new SlowBodyPace((int) Math.max(slow.number("bytes"), needed), Duration.ofMillis(pause));
  }

  int pieces(int length) {
    return Math.ceilDiv(length, bytes);
  }
}
