package org.actsandbox.scenarios.check.model;

import java.time.Duration;
import org.actsandbox.protocol.rule.RuleLevel;
import org.jspecify.annotations.Nullable;

/**
 * The result of one check.
 *
 * @param reason why it was not tested, does not apply or proves nothing; empty otherwise
 * @param finding present for a deviation, an advisory and a harness error
 * @param known whether the file of known deviations lists it
 */
public record CheckResult(
    MerchantCheck check,
    CheckVerdict verdict,
    CheckSentence reason,
    @Nullable CheckFinding finding,
    boolean known,
    Duration took) {

  /** The reason of a pass that proves nothing. */
  public static final String UNPROVEN =
      "no defective stand-in is known to fail this check, so its pass proves nothing";

  /** Returns whether this result leaves a MUST that applies without a proof. */
  public boolean leavesMustUnproven() {
    return check.strength() == RuleLevel.MUST
        && !known
        && (verdict == CheckVerdict.NOT_TESTED || verdict == CheckVerdict.INCONCLUSIVE);
  }

  public CheckResult asKnown() {
    return new CheckResult(check, verdict, reason, finding, true, took);
  }

  /** Returns this result of a check that no defective stand-in is known to fail. */
  public CheckResult asUnproven() {
    return new CheckResult(
        check, CheckVerdict.INCONCLUSIVE, CheckSentence.of(UNPROVEN), finding, known, took);
  }
}
