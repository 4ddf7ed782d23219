package org.actsandbox.sandbox.psp.instrument;

import java.time.Duration;

/**
 * Limits the number of wrong PINs in a row.
 *
 * @param lock how long the PIN is locked after the last one, by the machine's clock
 */
public record PinPolicy(int attempts, Duration lock) {

  public static final PinPolicy STANDARD = new PinPolicy(3, Duration.ofMinutes(5));
}
