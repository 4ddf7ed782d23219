package org.actsandbox.web.console.browser;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phone: 360 pixels. */
class NarrowPagesBrowserTests extends PagesBrowserTests {

  @ParameterizedTest
  @CsvSource({"en, LIGHT", "zh, DARK"})
  void everyPageFitsReadsAndIsAccessible(String lang, ColorScheme scheme) {
    fitReadAndAreAccessible(lang, 360, scheme);
  }
}
