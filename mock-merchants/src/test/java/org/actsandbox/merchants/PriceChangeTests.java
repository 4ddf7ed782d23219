package org.actsandbox.merchants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the one rule for changes of prices. */
class PriceChangeTests {

  @ParameterizedTest
  @CsvSource({
    "10, 1000, 1100",
    "-5, 1000, 950",
    "0, 1000, 1000",
    "12.345, 1000, 1123",
    "0.05, 1000, 1001",
    "-90, 4, 1",
    "1000, 1, 11"
  })
  void roundsHalfUpAndIsNeverBelowOne(BigDecimal percent, long listed, long changed) {
    assertThat(PriceChange.of(percent).applyTo(listed)).isEqualTo(changed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-90.0001", "-100", "1000.1", "1E+9", "1.00001"})
  void refusesAPercentageOutOfRange(BigDecimal percent) {
    var refusal = catchThrowableOfType(Refusal.class, () -> PriceChange.of(percent));
    assertThat(refusal.problem()).isEqualTo(Problem.INVALID_FIELD);
    assertThat(refusal.field()).isEqualTo("percent");
  }
}
