package org.actsandbox.scenarios.check.model;

import org.jspecify.annotations.Nullable;

/** Ends a check before its last line with something else than a pass. */
public final class CheckEnd extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Lists the reasons to end. */
  public enum Kind {
    /** The rule does not hold. */
    DEVIATES,
    NOT_APPLICABLE,
    NOT_TESTED,
    INCONCLUSIVE
  }

  private final Kind kind;
  private final String expected;
  private final String observed;
  private final @Nullable String cause;

  private CheckEnd(Kind kind, String expected, String observed, @Nullable String cause) {
    super(expected.isEmpty() ? observed : "expected " + expected + ", observed " + observed);
    this.kind = kind;
    this.expected = expected;
    this.observed = observed;
    this.cause = cause;
  }

  public static CheckEnd deviates(String expected, String observed) {
    return new CheckEnd(Kind.DEVIATES, expected, observed, null);
  }

  public static CheckEnd notApplicable(String why) {
    return new CheckEnd(Kind.NOT_APPLICABLE, "", why, null);
  }

  public static CheckEnd notTested(String why) {
    return new CheckEnd(Kind.NOT_TESTED, "", why, null);
  }

  public static CheckEnd inconclusive(String why) {
    return new CheckEnd(Kind.INCONCLUSIVE, "", why, null);
  }

  /**
   * Returns the same end for a step that another check is about: that one has the finding.
   *
   * @param check id of the check that the step belongs to
   */
  CheckEnd in(String check) {
    return cause == null ? new CheckEnd(kind, expected, observed, check) : this;
  }

  public Kind kind() {
    return kind;
  }

  /** Returns what was expected; empty if the end is no deviation. */
  public String expected() {
    return expected;
  }

  /** Returns what was observed, or the reason of an end that is no deviation. */
  public String observed() {
    return observed;
  }

  /** Returns the id of the check that the failed step belongs to; null for the check itself. */
  public @Nullable String step() {
    return cause;
  }
}
