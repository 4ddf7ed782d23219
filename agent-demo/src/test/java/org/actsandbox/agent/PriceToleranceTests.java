package org.actsandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.actsandbox.protocol.money.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which prices a tolerance allows. */
class PriceToleranceTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          #percent | shown | now   | allowed
          0        | 73.00 | 73.00 | true
          0        | 73.00 | 73.01 | false
          0        | 73.00 | 65.70 | true
          5        | 73.00 | 76.65 | true
          5        | 73.00 | 76.66 | false
          5        | 0.10  | 0.10  | true
          5        | 0.10  | 0.11  | false
          0.5      | 73.00 | 73.36 | true
          0.5      | 73.00 | 73.37 | false
          100      | 73.00 | 146.00 | true
          """)
  void areExact(BigDecimal percent, String shown, String now, boolean allowed) {
    var tolerance = new PriceTolerance(percent, PriceTolerance.Action.PAUSE_AND_NOTIFY);
    assertThat(tolerance.allows(Money.yuan(shown), Money.yuan(now))).isEqualTo(allowed);
  }
}
