package org.actsandbox.sandbox.psp.instrument;

/**
 * Compares a PIN with its stored form; mutants replace it, {@link
 * org.actsandbox.sandbox.key.PinMac} is the standard implementation.
 */
@FunctionalInterface
public interface PinMatcher {

  /**
   * @param pin six digits
   */
  boolean matches(String pin, String stored);
}
