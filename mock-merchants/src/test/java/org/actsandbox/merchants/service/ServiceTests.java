package org.actsandbox.merchants.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests what seller agents compute. */
class ServiceTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @Test
  void pastPricesDoNotChange() {
    var commodityMarket = new CommodityMarket(42);
    for (var commodity : Commodity.ALL) {
      var day = LocalDate.of(2026, 3, 1);
      assertThat(commodityMarket.close(commodity, day))
          .isEqualTo(new CommodityMarket(42).close(commodity, day));
      var ratio =
          commodityMarket.close(commodity, day).doubleValue()
              / commodityMarket.close(commodity, day.minusDays(1)).doubleValue();
      // Smooth: within a day no price jumps by more than its swing's tenth.
      assertThat(Math.abs(ratio - 1)).isLessThan(commodity.swing() / 500.0);
    }
  }

  @Test
  void everyWorldHasItsOwnMarket() {
    var day = LocalDate.of(2026, 3, 1);
    var gold = Commodity.of("gold").orElseThrow();
    assertThat(new CommodityMarket(1).close(gold, day))
        .isNotEqualTo(new CommodityMarket(2).close(gold, day));
  }

  @Test
  void quotesAgreeWithTheirHistory() {
    var quote =
        new CommodityQuoteService(new CommodityMarket(42), ZONE, 180)
            .perform(Json.parse("{\"symbol\": \"copper\", \"days\": 180}"), NOW);
    var closes =
        quote
            .path("history")
            .valueStream()
            .map(each -> new BigDecimal(each.path("close").asString()))
            .toList();
    assertThat(closes).hasSize(181);
    assertThat(quote.path("last").asString()).isEqualTo(closes.getLast().toPlainString());
    assertThat(new BigDecimal(quote.path("high").asString()))
        .isEqualTo(closes.stream().max(BigDecimal::compareTo).orElseThrow());
    assertThat(new BigDecimal(quote.path("low").asString()))
        .isEqualTo(closes.stream().min(BigDecimal::compareTo).orElseThrow());
    assertThat(quote.path("change_percent").asString()).matches("-?[0-9]{1,3}\\.[0-9]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Coffee closed at 2.85 dollars per pound. | 咖啡收于每磅2.85美元。 | 1.00
          Over 30 days it rose 3.2 percent.        | 30天内上涨3.2%。       | 1.00
          Iron ore is cheaper than natural gas!    | 铁矿石比天然气便宜！    | 1.00
          The highest close was 3 and the lowest was 2. | 最高收盘价为3而最低为2。 | 1.00
          Unobtainium rose 5 percent in 2 days.    | Unobtainium在2天内上涨了5%。 | 0.85
          """)
  void translatesWholeSentences(String english, String chinese, String coverage) {
    var result = translated(true, english, "en", "zh");
    assertThat(result.path("text").asString()).isEqualTo(chinese);
    assertThat(result.path("coverage").asString()).isEqualTo(coverage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Coffee closed at 2.85 dollars per pound.",
        "Copper fell 1.5 percent in 7 days.",
        "In this period gold did better than silver."
      })
  void aSentenceTranslatedThereAndBackIsTheSame(String english) {
    var chinese = translated(true, english, "en", "zh").path("text").asString();
    var back = translated(true, chinese, "zh", "en").path("text").asString();
    assertThat(back).isEqualToIgnoringCase(english);
  }

  @Test
  void saysWhatItCouldNotTranslate() {
    var result = translated(true, "The flux capacitor is very good, isn't it?", "en", "zh");
    assertThat(result.path("untranslated").valueStream().map(JsonNode::asString).toList())
        .containsExactly("The", "flux", "capacitor", "isn't");
    assertThat(result.path("text").asString()).contains("flux").contains("非常好");
  }

  @Test
  void wordByWordLosesTheOrderOfWords() {
    var whole = translated(true, "Copper fell 1.5 percent in 7 days.", "en", "zh");
    var words = translated(false, "Copper fell 1.5 percent in 7 days.", "en", "zh");
    assertThat(words.path("text")).isNotEqualTo(whole.path("text"));
    assertThat(words.path("text").asString()).contains("铜下跌1.5");
  }

  @Test
  void aFlatSeriesIsDrawnToo() {
    var chart =
        new ChartService()
            .perform(
                Json.parse(
                    """
                    {"label": "a\\"b<", "points": [{"at": "x", "value": "1"}]}
                    """),
                NOW);
    assertThat(chart.path("content").asString())
        .startsWith("<svg")
        .endsWith("</svg>")
        .contains("a&quot;b&lt;")
        .doesNotContain("NaN");
  }

  private static JsonNode translated(boolean whole, String text, String from, String to) {
    var input = Json.object().put("text", text).put("from", from).put("to", to);
    var service = new TranslationService(whole);
    service.check(input);
    return service.perform(input, NOW);
  }
}
