package org.actsandbox.agent.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that merchants' text reaches a Chinese reader in Chinese, and that unknown text stays
 * whole.
 */
class MerchantSayingTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no train goes from Hangzhou to Suzhou without a change | 从杭州到苏州没有直达车
          Change trains in Beijing or Jinan: ask for the two journeys one by one. | 可以在北京、济南换乘，分两段买
          Ask for at most one room per guest. | 每位客人最多一间房
          There are hotels in Shanghai, Nanjing. | 可订酒店的城市有：上海、南京
          Leave out the position, or choose second class. | 可以不指定位置，或改坐二等座
          Ask for delivery by a later day. | 可以晚一些送达
          nothing that fits the need keeps this constraint | 符合要求的都超出了限制
          too many requests from this agent | 同一个智能体的请求太多
          """)
  void aKnownSayingIsSaidInChinese(String english, String chinese) {
    assertThat(MerchantSaying.bilingual(english).zh()).isEqualTo(chinese);
    assertThat(MerchantSaying.bilingual(english).en()).isEqualTo(english);
  }

  @Test
  void aDayIsSaidAsPeopleReadIt() {
    var saying = MerchantSaying.bilingual("The earliest is 2026-12-02.");

    assertThat(saying.en()).isEqualTo("The earliest is Dec 2.");
    assertThat(saying.zh()).isEqualTo("最早2026年12月2日送达");
  }

  @Test
  void anUnknownSayingIsQuoted() {
    assertThat(MerchantSaying.bilingual("closed for repairs").zh()).isEqualTo("closed for repairs");
  }
}
