package org.actsandbox.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which wanted words match which names and attributes. */
class NameMatchTests {

  private static final List<String> UMBRELLA =
      List.of(
          "Wayfarer Goose Automatic Folding Umbrella",
          "行雁 自动折叠雨伞",
          "umbrella",
          "雨伞",
          "folding umbrella",
          "伞",
          "Luggage & travel",
          "箱包旅行");
  private static final List<String> RED = List.of("red", "红色", "colour red");
  private static final List<String> CHARGER =
      List.of(
          "Voltfin 20W Mini Phone Charger",
          "伏鳍 20W 迷你手机充电器",
          "phone charger",
          "手机充电器",
          "charger",
          "充电器");
  private static final List<String> KEYBOARD =
      List.of("Margin Silent Red-Switch Mechanical Keyboard", "mechanical keyboard", "keyboard");

  @ParameterizedTest
  @CsvSource({
    "umbrella, true",
    "red umbrella, true",
    "a red umbrella, true",
    "umbrellas, true",
    "Folding Umbrella, true",
    "black umbrella, false",
    "umbrella stand, false",
    "phone charger, false",
    "雨伞, true",
    "红色雨伞, true",
    "一把红雨伞, true",
    "红色的雨伞, true",
    "黑色雨伞, false",
    "雨伞架, false",
    "充电器, false",
    "a, false",
    "的, false"
  })
  void matchesARedUmbrella(String wanted, boolean expected) {
    assertThat(NameMatch.matches(wanted, UMBRELLA, RED)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "charger, true",
    "phone charger, true",
    "phone, false",
    "手机, false",
    "手机充电器, true",
    "20W charger, true",
    "65W charger, false"
  })
  void aPartOfANameDoesNotMatch(String wanted, boolean expected) {
    assertThat(NameMatch.matches(wanted, CHARGER, List.of("white", "白色"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"black, true", "red, false", "colour black, true", "size m, false"})
  void anAttributeIsAWholeWord(String attribute, boolean expected) {
    assertThat(NameMatch.hasAttribute(attribute, KEYBOARD, List.of("black", "黑色", "colour black")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Shanghai, true",
    "shanghai hongqiao, true",
    "Shanghai Hongqiao Railway Station, true",
    "上海, true",
    "上海虹桥站, true",
    "上海市, true",
    "Hongqiao, false",
    "Nanjing, false",
    "上, false"
  })
  void aPlaceMatchesByAnyOfItsNames(String wanted, boolean expected) {
    assertThat(
            NameMatch.isSamePlace(wanted, List.of("Shanghai Hongqiao", "上海虹桥", "Shanghai", "上海")))
        .isEqualTo(expected);
  }
}
