package org.actsandbox.scenarios.check.model;

/** Lists how a check can end. */
public enum CheckVerdict {
  PASS,
  /** A MUST does not hold. */
  DEVIATION,
  /** A SHOULD does not hold. */
  ADVISORY,
  /** The merchant does not have what the check is about, and need not have it. */
  NOT_APPLICABLE,
  /** The check could not be made; its reason says why. */
  NOT_TESTED,
  /** The check was made, and its answer proves nothing. */
  INCONCLUSIVE,
  /** The check itself broke. */
  HARNESS_ERROR;

  /** Returns the word in reports, such as {@code not tested}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
