package org.actsandbox.web.console.grades;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.Locale;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.console.words.PageMessages;
import org.actsandbox.web.console.words.PageText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that the steps of an agent in a mission are read in words. */
class StoryWordsTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST /merchants/bazaar88/carts 201          | 确认购物车（八八集市）
          POST /merchants/bazaar88/carts 409 sold_out | 确认购物车（八八集市）：被拒绝，已售罄
          POST /psp/payments 503                      | 请求付款（沙箱支付）：被拒绝，状态 503
          GET /merchants/bazaar88/fulfilment/S-1 402  | 取货（八八集市）：应答是账单
          order-paid                                  | 订单已付款
          Two seats, please → Which day?              | Two seats, please → Which day?
          """)
  void saysTheStep(String step, String chinese) {
    assertThat(row("zh", step).what()).isEqualTo(chinese);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST /psp/payments 201 | request payment (Sandbox Pay) | POST /psp/payments 201
          delivered              | delivered                     | ''
          """)
  void keepsTheRequestBesideItsWords(String step, String english, String raw) {
    var row = row("en", step);

    assertThat(row.what()).isEqualTo(english);
    assertThat(row.raw()).isEqualTo(raw);
    assertThat(row.actor()).isEqualTo("Bazaar 88");
    assertThat(row.wrong()).isTrue();
  }

  private static GradePages.StoryRow row(String lang, String step) {
    var result = Json.object().put("wrong_at", 7);
    result.putArray("story").addObject().put("seq", 7).put("actor", "bazaar88").put("what", step);
    var words = new PageText(PageMessages.open(), Locale.of(lang), ZoneOffset.UTC);
    return StoryWords.of(words, result).getFirst();
  }
}
