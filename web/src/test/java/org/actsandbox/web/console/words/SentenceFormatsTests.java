package org.actsandbox.web.console.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.Locale;
import org.actsandbox.protocol.commerce.Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class SentenceFormatsTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | At most 1600.00 CNY for everything together | At most ¥1,600.00 for everything together
          en | Tue 2026-01-20 to Thu 2026-01-22, once      | Tue 20 Jan to Thu 22 Jan, once
          en | From 2026-01-20 12:00                       | From Tue 20 Jan 12:00
          en | Item 2026-02-31, 3 of 12 CNYX               | Item 2026-02-31, 3 of 12 CNYX
          zh | 2026-01-20（周二），含早餐                    | 1月20日 周二，含早餐
          """)
  void writesDaysAndAmountsAsTheConsole(String lang, String sentence, String shown) {
    var messages = new ResourceBundleMessageSource();
    messages.setBasename("messages/console");
    messages.setDefaultEncoding("UTF-8");
    messages.setFallbackToSystemLocale(false);
    var pageText = new PageText(messages, Locale.forLanguageTag(lang), ZoneOffset.UTC);
    assertThat(pageText.sentence(Text.untranslated(sentence))).isEqualTo(shown);
  }
}
