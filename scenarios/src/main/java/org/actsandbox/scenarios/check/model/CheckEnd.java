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
  private final CheckSentence expected;
  private final CheckSentence observed;
  private final @Nullable String cause;

  private CheckEnd(
      Kind kind, CheckSentence expected, CheckSentence observed, @Nullable String cause) {
    super(whole(expected, observed).toString());
    this.kind = kind;
    this.expected = expected;
    this.observed = observed;
    this.cause = cause;
  }

  /**
   * Ends a check because the rule does not hold.
   *
   * @param observed a sentence, or what the merchant said
   */
  public static CheckEnd deviates(CheckSentence expected, Object observed) {
    return new CheckEnd(Kind.DEVIATES, expected, CheckSentence.said(observed), null);
  }

  public static CheckEnd deviates(String expected, Object observed) {
    return deviates(CheckSentence.of(expected), observed);
  }

  public static CheckEnd notApplicable(String why, Object... values) {
    return ended(Kind.NOT_APPLICABLE, CheckSentence.of(why, values));
  }

  public static CheckEnd notTested(String why, Object... values) {
    return ended(Kind.NOT_TESTED, CheckSentence.of(why, values));
  }

  public static CheckEnd inconclusive(String why, Object... values) {
    return ended(Kind.INCONCLUSIVE, CheckSentence.of(why, values));
  }

  private static CheckEnd ended(Kind kind, CheckSentence why) {
    return new CheckEnd(kind, CheckSentence.NOTHING, why, null);
  }

  private static CheckSentence whole(CheckSentence expected, CheckSentence observed) {
    return expected.isEmpty()
        ? observed
        : CheckSentence.of("expected {0}, observed {1}", expected, observed);
  }

  /** Returns what was expected and observed, or the reason, in one sentence. */
  public CheckSentence sentence() {
    return whole(expected, observed);
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
  public CheckSentence expected() {
    return expected;
  }

  /** Returns what was observed, or the reason of an end that is no deviation. */
  public CheckSentence observed() {
    return observed;
  }

  /** Returns the id of the check that the failed step belongs to; null for the check itself. */
  public @Nullable String step() {
    return cause;
  }
}
