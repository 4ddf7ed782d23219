package org.actsandbox.protocol.delegation;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides which values are valid amounts, percentages and currencies in a delegation. */
final class AmountChecks {

  private static final int MAX_PERCENT_DECIMALS = 4;

  private static final BigDecimal MAX_VALUE = new BigDecimal("1000000000");

  private AmountChecks() {}

  static boolean isPercentage(BigDecimal value) {
    return value.signum() >= 0
        && value.compareTo(MAX_VALUE) <= 0
        && value.stripTrailingZeros().scale() <= MAX_PERCENT_DECIMALS;
  }

  /** Returns whether the value is an amount with at most the decimals of its currency. */
  static boolean isAmount(@Nullable BigDecimal value, String currency) {
    return value != null
        && isCurrency(currency)
        && value.signum() >= 0
        && value.precision() - (long) value.scale() <= 10
        && value.compareTo(MAX_VALUE) <= 0
        && value.stripTrailingZeros().scale()
            <= Currency.getInstance(currency).getDefaultFractionDigits();
  }

  static boolean isCurrency(String code) {
    try {
      return Objects.requireNonNull(Currency.getInstance(code)).getDefaultFractionDigits() >= 0;
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }
}
