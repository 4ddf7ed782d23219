package org.actsandbox.merchants.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Wireless Headphones | wireless headphone
          20000mAh            | 20000 mah
          ２０寸               | 20 inch
          20000毫安            | 20000 mah
          children's socks    | children sock
          the box for toys    | box toy
          batteries           | battery
          a glass             | glass
          充電寶               | 充电 电宝
          黑色的箱子            | 黑色 箱子
          伞                  | 伞
          """)
  void cutsWhatIsLookedForIntoWords(String text, String words) {
    assertThat(Words.wanted(text)).containsExactly(words.split(" "));
  }

  @Test
  void offersSingleCharactersToo() {
    assertThat(Words.offered("雨伞")).contains("雨伞", "伞");
  }

  @Test
  void anythingIsCutWithoutFailing() {
    assertThat(Words.wanted("🙂 \u0000 '' -- ﷽")).isNotNull();
    assertThat(Words.wanted("")).isEmpty();
    assertThat(Words.wanted("x".repeat(10_000))).hasSize(1);
  }
}
