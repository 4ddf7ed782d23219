package org.actsandbox.protocol.delegation;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What counts as an amount and as a percentage where authority is given. */
final class AmountChecks {

  private static final int FINEST_PERCENT = 4;

  private static final BigDecimal MOST = new BigDecimal("1000000000");

  private AmountChecks() {}

  static boolean percent(BigDecimal value) {
    return value.signum() >= 0
        && value.compareTo(MOST) <= 0
        && value.stripTrailingZeros().scale() <= FINEST_PERCENT;
  }

  static boolean amount(@Nullable BigDecimal value, String currency) {
    return value != null
        && isCurrency(currency)
        && value.signum() >= 0
        && value.precision() - (long) value.scale() <= 10
        && value.compareTo(MOST) <= 0
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
