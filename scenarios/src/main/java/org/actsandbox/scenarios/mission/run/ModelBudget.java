package org.actsandbox.scenarios.mission.run;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Limits what a whole run may use of models. A mission that has begun is played to its end, so that
 * no more than the missions under way go beyond a limit.
 *
 * @param calls the most calls of the configured model; 0 for no limit
 * @param cost the most that tokens may cost, in any one currency; 0 for no limit
 * @param tokenPrice what a million tokens of the configured model cost; 0 if it is not known, and
 *     then only the cost counts that an agent tells itself
 */
public record ModelBudget(long calls, BigDecimal cost, BigDecimal tokenPrice) {

  public static final ModelBudget NONE = new ModelBudget(0, BigDecimal.ZERO, BigDecimal.ZERO);

  private static final BigDecimal MILLION = new BigDecimal("1000000");
  private static final int PLACES = 6;

  BigDecimal costOf(long tokens) {
    return tokenPrice
        .multiply(BigDecimal.valueOf(tokens))
        .divide(MILLION, PLACES, RoundingMode.HALF_UP);
  }

  /** Returns which limit is reached, as a sentence; empty as long as none is. */
  Optional<String> reached(long usedCalls, BigDecimal usedCost) {
    if (calls > 0 && usedCalls >= calls) {
      return Optional.of(ReasonKind.MODEL_CALLS_REACHED.say(usedCalls, calls));
    }
    if (cost.signum() > 0 && usedCost.compareTo(cost) >= 0) {
      return Optional.of(
          ReasonKind.COST_REACHED.say(usedCost.toPlainString(), cost.toPlainString()));
    }
    return Optional.empty();
  }
}
