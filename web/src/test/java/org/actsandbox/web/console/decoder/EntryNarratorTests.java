package org.actsandbox.web.console.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.Locale;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.psp.instrument.DefaultLabel;
import org.actsandbox.web.console.words.PageText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Tests how pages word the names that participants gave. */
class EntryNarratorTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Sandbox wallet balance     | Sandbox wallet balance     | 沙箱钱包余额
          Sandbox card •••• 8829     | Sandbox card •••• 8829     | 沙箱银行卡 •••• 8829
          Sub-account of demo-agent  | Sub-account of Demo agent  | 演示智能体的子账户
          Sub-account of my-agent    | Sub-account of my-agent    | my-agent的子账户
          Research                   | Research                   | Research
          Sandbox card •••• of mine  | Sandbox card •••• of mine  | Sandbox card •••• of mine
          """)
  void translatesDefaultLabelsAndKeepsTheUsersOwn(String label, String english, String chinese) {
    assertThat(narrator(Locale.ENGLISH).purse(label)).isEqualTo(english);
    assertThat(narrator(Locale.CHINESE).purse(label)).isEqualTo(chinese);
  }

  @Test
  void knowsEachDefaultLabelOfThePaymentService() {
    for (var given :
        new DefaultLabel[] {
          DefaultLabel.BALANCE,
          DefaultLabel.card("8810"),
          DefaultLabel.subAccount(Did.of("demo-agent"))
        }) {
      assertThat(DefaultLabel.of(given.text())).contains(given);
    }
  }

  private static EntryNarrator narrator(Locale locale) {
    var messages = new ResourceBundleMessageSource();
    messages.setBasename("messages.console");
    messages.setDefaultEncoding("UTF-8");
    messages.setFallbackToSystemLocale(false);
    return new EntryNarrator(new PageText(messages, locale, ZoneOffset.UTC));
  }
}
