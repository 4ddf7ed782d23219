package org.actsandbox.web.console.browser;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests all pages on a phone with a width of 360 pixels. */
class NarrowPagesBrowserTests extends PagesBrowserTests {

  @ParameterizedTest
  @CsvSource({"en, LIGHT", "zh, DARK"})
  void everyPageFitsAndIsAccessible(String lang, ColorScheme scheme) {
    auditPages(lang, 360, scheme);
  }
}
