package org.actsandbox.merchants.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which words of Chinese and English text a search compares. */
class SearchWordsTests {

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
          two phone cases     | two phone case
          sizes of glasses    | size glass
          充電寶               | 充电 电宝
          黑色的箱子            | 黑色 箱子
          伞                  | 伞
          """)
  void splitsAQueryIntoWords(String text, String words) {
    assertThat(SearchWords.queryWords(text)).containsExactly(words.split(" "));
  }

  @Test
  void indexesSingleCharactersToo() {
    assertThat(SearchWords.offerWords("雨伞")).contains("雨伞", "伞");
  }

  @Test
  void splitsAnyTextWithoutFailing() {
    assertThat(SearchWords.queryWords("🙂 \u0000 '' -- ﷽")).isNotNull();
    assertThat(SearchWords.queryWords("")).isEmpty();
    assertThat(SearchWords.queryWords("x".repeat(10_000))).hasSize(1);
  }
}
