package org.actsandbox.sandbox.psp.instrument;

/** Compares a PIN with its stored form. */
@FunctionalInterface
public interface PinMatcher {

  /**
   * @param pin six digits
   */
  boolean matches(String pin, String stored);
}
