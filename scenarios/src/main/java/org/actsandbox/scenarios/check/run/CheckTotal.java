package org.actsandbox.scenarios.check.run;

/** Lists how a whole run can end. */
public enum CheckTotal {
  /** Every MUST that applies was proven. */
  CONFORMS,
  /** At least one MUST does not hold, or a known deviation no longer occurs. */
  DEVIATES,
  /** No deviation, but a MUST that applies was not proven. */
  INCOMPLETE,
  /** A check broke. */
  HARNESS_ERROR;

  /** Returns the word in reports, such as {@code conforms}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
