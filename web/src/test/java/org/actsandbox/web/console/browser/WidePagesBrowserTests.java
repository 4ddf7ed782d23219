package org.actsandbox.web.console.browser;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests all pages on a large screen with a width of 1920 pixels. */
class WidePagesBrowserTests extends PagesBrowserTests {

  @ParameterizedTest
  @CsvSource({"en, DARK", "zh, LIGHT"})
  void everyPageFitsAndIsAccessible(String lang, ColorScheme scheme) {
    auditPages(lang, 1920, scheme);
  }
}
