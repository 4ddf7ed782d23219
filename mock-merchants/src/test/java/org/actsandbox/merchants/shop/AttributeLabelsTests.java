package org.actsandbox.merchants.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the Chinese names of the values of catalog attributes. */
class AttributeLabelsTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "phone charger | 手机充电器",
        "black, white | 黑色、白色",
        "Voltfin | 伏鳍",
        "5 | 5",
        "G7502 | G7502",
        "a word in no list | a word in no list"
      })
  void knownValuesAreTranslatedAndOthersStay(String english, String chinese) {
    assertThat(AttributeLabels.inChinese(english)).isEqualTo(chinese);
  }
}
