package org.actsandbox.merchants;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Represents a change of a listed price, by one rule for all kinds of merchants.
 *
 * @param percent +10 makes the price ten percent higher, -5 five percent lower; -90 to 1000 with at
 *     most 4 decimals
 */
public record PriceChange(BigDecimal percent) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal LOWEST = BigDecimal.valueOf(-90);
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(1000);
  private static final int MAX_DECIMALS = 4;

  /**
   * @throws Refusal {@code invalid_field} for a percentage out of range
   */
  public PriceChange {
    if (percent.compareTo(LOWEST) < 0
        || percent.compareTo(HIGHEST) > 0
        || percent.scale() > MAX_DECIMALS) {
      throw new Refusal(Problem.INVALID_FIELD, "a price cannot move by that much")
          .at("percent")
          .expected("-90 to 1000 with at most 4 decimals")
          .observed(percent.toString());
    }
  }

  public static PriceChange of(BigDecimal percent) {
    return new PriceChange(percent);
  }

  /** Returns the changed price in the currency's minor unit, rounded half up, at least 1. */
  public long applyTo(long minorUnits) {
    return BigDecimal.valueOf(minorUnits)
        .multiply(HUNDRED.add(percent))
        .divide(HUNDRED, 0, RoundingMode.HALF_UP)
        .max(BigDecimal.ONE)
        .longValueExact();
  }
}
