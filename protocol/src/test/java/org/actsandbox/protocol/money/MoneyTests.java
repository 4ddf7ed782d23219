package org.actsandbox.protocol.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests reading, writing and arithmetic of amounts. */
class MoneyTests {

  @ParameterizedTest
  @CsvSource({
    "87.50, CNY, 8750, 87.50",
    "87.5, CNY, 8750, 87.50",
    "0, CNY, 0, 0.00",
    "0.01, CNY, 1, 0.01",
    "1.000, CNY, 100, 1.00",
    "500, JPY, 500, 500",
    "1.234, KWD, 1234, 1.234",
    "92233720368547758.07, CNY, 9223372036854775807, 92233720368547758.07",
  })
  void readsAndWritesDecimals(String text, String currency, long minor, String written) {
    var money = Money.of(text, currency);
    assertThat(money.minorUnits()).isEqualTo(minor);
    assertThat(money.decimal()).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "01",
        "1.",
        ".5",
        "1,5",
        "1e3",
        "0x10",
        "NaN",
        "1 ",
        "１",
        "0.001",
        "92233720368547758.08",
        "1.0000000000000000000"
      })
  void refusesTextThatIsNoExactAmount(String text) {
    assertThatThrownBy(() -> Money.yuan(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** The form is read by hand, so it is compared with its pattern on random texts. */
  @Test
  void readsTheFormAsItsPatternDoes() {
    var random = new Random(20261128);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(24); length > 0; length--) {
        text.append("00123456789...-+ e\uff11".charAt(random.nextInt(19)));
      }
      assertThat(Money.isDecimal(text.toString()))
          .as(text.toString())
          .isEqualTo(text.toString().matches("(0|[1-9][0-9]*)(\\.[0-9]{1,18})?"));
    }
  }

  @Test
  void neverMixesCurrenciesNorGoesBelowZeroNorWrapsAround() {
    var yuan = Money.yuan("1.00");
    assertThatThrownBy(() -> yuan.plus(Money.of("1", "JPY")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> yuan.minus(Money.yuan("1.01")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Money.fen(Long.MAX_VALUE).plus(yuan))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Money.fen(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesSharesRoundedHalfUp() {
    assertThat(Money.fen(1).percent(new BigDecimal("50"))).isEqualTo(Money.fen(1));
    assertThat(Money.fen(3).percent(new BigDecimal("50"))).isEqualTo(Money.fen(2));
    assertThat(Money.yuan("100.00").percent(new BigDecimal("12.5"))).isEqualTo(Money.yuan("12.50"));
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anAddedAmountCanBeSubtractedAgain(int seed) {
    var random = new Random(seed);
    var one = Money.fen(random.nextLong(1_000_000_000_000L));
    var other = Money.fen(random.nextLong(1_000_000_000_000L));
    assertThat(one.plus(other).minus(other)).isEqualTo(one);
    assertThat(one.plus(other)).isEqualTo(other.plus(one));
    assertThat(Money.yuan(one.decimal())).isEqualTo(one);
    assertThat(one.moreThan(other)).isEqualTo(one.minorUnits() > other.minorUnits());
  }
}
