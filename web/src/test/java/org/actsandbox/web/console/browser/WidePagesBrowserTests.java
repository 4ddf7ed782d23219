package org.actsandbox.web.console.browser;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A large screen: 1920 pixels. */
class WidePagesBrowserTests extends PagesBrowserTests {

  @ParameterizedTest
  @CsvSource({"en, DARK", "zh, LIGHT"})
  void everyPageFitsReadsAndIsAccessible(String lang, ColorScheme scheme) {
    fitReadAndAreAccessible(lang, 1920, scheme);
  }
}
