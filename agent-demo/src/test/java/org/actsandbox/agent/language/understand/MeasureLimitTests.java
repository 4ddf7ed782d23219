package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.agent.language.MeasureLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests measures that goods must reach or not exceed. */
class MeasureLimitTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at least 25l       | Travel Backpack, 30L      | true
          at least 25l       | Travel Backpack 20 l      | false
          at least 20000mah  | 20000mAh Power Bank       | true
          at most 500ml      | Thermos Flask, 350 ml     | true
          at most 500ml      | Thermos Flask, 750 ml     | false
          at least 24 inch   | Checked Suitcase, 24 inch | true
          at least 2m        | USB-C Cable, 2000 mm      | unknown
          """)
  void comparesTheMeasuresOfADescription(String feature, String description, String kept) {
    var limit = MeasureLimit.of(feature).orElseThrow();
    assertThat(limit.isKeptBy(description).map(String::valueOf).orElse("unknown")).isEqualTo(kept);
  }

  @Test
  void otherFeaturesAreNoLimits() {
    assertThat(MeasureLimit.of("20000mah")).isEmpty();
    assertThat(MeasureLimit.of("black or white")).isEmpty();
  }
}
